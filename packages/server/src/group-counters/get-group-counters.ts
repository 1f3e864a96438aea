import { readCounters } from '@muster/domain';
import { toWire } from '@muster/protocol';
import type { Handler } from '../call.ts';

export const getGroupCounters: Handler<'getGroupCounters'> = async (
  app,
  { input, userID, isAdministrator, session },
) => {
  const state = await app.storage.groupCounters.read(input.groupID, userID, isAdministrator);
  const reading = readCounters(state, input);
  if (!reading.ok) return reading;
  const { counters, deleted, version } = reading.reply;
  return {
    ok: true,
    output: {
      counters: counters.map((counter) => ({ ...counter, value: toWire(counter.value) })),
      deleted,
      version,
      live: session?.groups.has(input.groupID) ?? false,
    },
  };
};
