import Type, { type Static } from 'typebox';
import { Empty, GroupIDInput, strict, Text, UserIDInput } from '../schema-parts.ts';

/** A user's request to join a group, as its owner and admins see it. `applyTime` is in seconds. */
export const GroupApplication = strict({
  groupID: Type.String(),
  groupName: Type.String(),
  applicant: Type.String(),
  applicantNick: Type.String(),
  applyMessage: Type.String(),
  applyTime: Type.Integer(),
});
export type GroupApplication = Static<typeof GroupApplication>;

/** The open requests of all groups that the caller decides for, oldest first. */
export const GetGroupApplicationListInput = Empty;
export const GetGroupApplicationListOutput = strict({ applicationList: Type.Array(GroupApplication) });
export type GetGroupApplicationListOutput = Static<typeof GetGroupApplicationListOutput>;

export const HandleGroupApplicationInput = strict({
  groupID: GroupIDInput,
  applicant: UserIDInput,
  handleAction: Type.Unsafe<'Agree' | 'Reject'>(Type.Union([Type.Literal('Agree'), Type.Literal('Reject')])),
  handleMessage: Type.Optional(Text),
});
export type HandleGroupApplicationInput = Static<typeof HandleGroupApplicationInput>;
