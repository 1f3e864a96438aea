import { updateGroupProfile as decideProfile } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const updateGroupProfile: Handler<'updateGroupProfile'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    decide: (state) => decideProfile(state, { ...askerOf(call), limits: app.settings }, call.input),
  });
