import { setRole } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from './change-group.ts';
import { entriesOf } from './member-entries.ts';

export const setGroupMemberRole: Handler<'setGroupMemberRole'> = async (app, call) => {
  const result = await changeGroup(app, call, {
    groupID: call.input.groupID,
    userIDs: [call.input.userID],
    decide: (state) => setRole(state, askerOf(call), call.input),
  });
  if (!result.ok) return result;
  const [member] = await entriesOf(app, [result.output.member]);
  if (!member) throw new Error('a member has no entry');
  return { ...result, output: { member } };
};
