import { setAttributes } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const setGroupAttributes: Handler<'setGroupAttributes'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    devices: app.rooms.devicesOf(call.input.groupID, call.userID),
    attributes: true,
    decide: (state) => setAttributes(state, askerOf(call), call.input),
  });
