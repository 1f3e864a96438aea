import { deleteAttributes } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf, changeGroup } from '../change-group.ts';

export const deleteGroupAttributes: Handler<'deleteGroupAttributes'> = (app, call) =>
  changeGroup(app, call, {
    groupID: call.input.groupID,
    devices: app.rooms.devicesOf(call.input.groupID, call.userID),
    attributes: true,
    decide: (state) => deleteAttributes(state, askerOf(call), call.input),
  });
