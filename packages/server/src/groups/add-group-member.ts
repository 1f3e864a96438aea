import { addMembers } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const addGroupMember: Handler<'addGroupMember'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    userIDs: call.input.userIDList,
    decide: (state) => addMembers(state, askerOf(call), call.input),
  });
