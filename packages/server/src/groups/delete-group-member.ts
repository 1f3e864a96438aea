import { removeMembers } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const deleteGroupMember: Handler<'deleteGroupMember'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    userIDs: call.input.userIDList,
    decide: (state) => removeMembers(state, askerOf(call), call.input),
  });
