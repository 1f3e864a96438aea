import { dismissGroup as decideDismissal } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const dismissGroup: Handler<'dismissGroup'> = async (app, call) => {
  const result = await changeGroup(app, call, {
    groupID: call.input.groupID,
    decide: (state) => decideDismissal(state, askerOf(call)),
  });
  if (result.ok && !result.repeated) app.rooms.drop(call.input.groupID);
  return result;
};
