import Type, { type Static } from 'typebox';
import { GroupIDInput, strict } from '../schema-parts.ts';

/** All counters without a keyList, none with an empty one (GC16). */
export const DeleteGroupCountersInput = strict({
  groupID: GroupIDInput,
  keyList: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
});
export type DeleteGroupCountersInput = Static<typeof DeleteGroupCountersInput>;

/** The keys that were removed; `version` is the one the operation took, or the current one when nothing was removed. */
export const DeleteGroupCountersOutput = strict({
  keyList: Type.Array(Type.String()),
  version: Type.Integer(),
});
export type DeleteGroupCountersOutput = Static<typeof DeleteGroupCountersOutput>;
