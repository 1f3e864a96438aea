import { readGroupProfile } from '@muster/domain';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { withPresence } from '../presence.ts';
import { readGroup } from './read-group.ts';

export const getGroupProfile: Handler<'getGroupProfile'> = async (app, call) => {
  const reading = readGroupProfile(await readGroup(app, call, call.input.groupID), askerOf(call));
  if (!reading.ok) return reading;
  const { group } = reading.reply;
  return { ok: true, output: { group: { ...group, profile: withPresence(app, group.profile) } } };
};
