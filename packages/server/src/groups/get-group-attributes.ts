import { readAttributes } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';

export const getGroupAttributes: Handler<'getGroupAttributes'> = async (app, call) => {
  const { groupID } = call.input;
  const devices = app.rooms.devicesOf(groupID, call.userID);
  const state = await app.storage.groups.readWithAttributes(groupID, [call.userID], devices);
  const reading = readAttributes(state, askerOf(call), call.input);
  return reading.ok ? { ok: true, output: reading.reply } : reading;
};
