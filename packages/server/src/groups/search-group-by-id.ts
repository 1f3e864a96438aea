import { searchGroup } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { withPresence } from '../presence.ts';
import { readGroup } from './read-group.ts';

export const searchGroupByID: Handler<'searchGroupByID'> = async (app, call) => {
  const reading = searchGroup(await readGroup(app, call, call.input.groupID), askerOf(call));
  return reading.ok ? { ok: true, output: { profile: withPresence(app, reading.reply.profile) } } : reading;
};
