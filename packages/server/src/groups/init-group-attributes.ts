import { initAttributes } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const initGroupAttributes: Handler<'initGroupAttributes'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    devices: app.rooms.devicesOf(call.input.groupID, call.userID),
    attributes: true,
    decide: (state) => initAttributes(state, askerOf(call), call.input),
  });
