import { readGroupProfile } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from './change-group.ts';
import { readGroup } from './read-group.ts';

export const getGroupProfile: Handler<'getGroupProfile'> = async (app, call) => {
  const reading = readGroupProfile(await readGroup(app, call, call.input.groupID), askerOf(call));
  return reading.ok ? { ok: true, output: reading.reply } : reading;
};
