import Type, { type Static } from 'typebox';
import { strict, Text, UserIDInput } from '../schema-parts.ts';

/** What is given replaces what the user's profile says; what is not stays as it is. */
export const ImportAccountInput = strict({
  userID: UserIDInput,
  nick: Type.Optional(Text),
  avatar: Type.Optional(Text),
});
export type ImportAccountInput = Static<typeof ImportAccountInput>;

export const DeleteAccountInput = strict({ userID: UserIDInput });
export type DeleteAccountInput = Static<typeof DeleteAccountInput>;
