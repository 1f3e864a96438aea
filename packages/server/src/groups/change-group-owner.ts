import { changeOwner } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const changeGroupOwner: Handler<'changeGroupOwner'> = async (app, call) => {
  const { groupID, newOwnerID } = call.input;
  // An administrator may take the ownership from somebody else, whose row the rule then changes too.
  const owner = (await app.storage.groups.read(groupID, [])).group?.ownerID;
  return changeGroup(app, call, {
    groupID,
    userIDs: owner ? [newOwnerID, owner] : [newOwnerID],
    decide: (state) => changeOwner(state, askerOf(call), call.input),
  });
};
