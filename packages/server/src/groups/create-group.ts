import { createGroup as decideCreation, freshGroupID } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

const ID_LETTERS = 12;

export const createGroup: Handler<'createGroup'> = (app, call) => {
  const { input } = call;
  const groupID = input.groupID ?? freshGroupID(input.type, app.randomID(ID_LETTERS));
  return changeGroup(app, call, {
    groupID,
    userIDs: (input.memberList ?? []).map(({ userID }) => userID),
    decide: (state) => decideCreation(state, { ...askerOf(call), groupID, limits: app.settings }, input),
  });
};
