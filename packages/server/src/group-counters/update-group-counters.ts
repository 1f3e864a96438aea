import { updateCounters } from '@muster/domain';
import { toWire } from '@muster/protocol';
import type { CounterRequest } from '@muster/storage';
import type { Handler } from '../call.ts';
import { withOperation } from '../write.ts';
import { publishCounters } from './publish-counters.ts';

export const updateGroupCounters: Handler<'updateGroupCounters'> = async (app, call) => {
  const { input, userID, isAdministrator } = call;
  const request: CounterRequest = {
    ...withOperation(call),
    groupID: input.groupID,
    userID,
    isAdministrator,
    decide: (state) => updateCounters(state, input),
  };
  const [only, another] = input.counters;
  if (only && !another) request.key = only.key;
  const [outcome] = await app.storage.groupCounters.update([request]);
  if (!outcome?.ok) return outcome ?? missing();
  publishCounters(app, input.groupID, outcome);
  const counters = outcome.reply.counters.map(({ key, value }) => ({ key, value: toWire(value) }));
  return { ok: true, output: { counters, version: outcome.reply.version }, repeated: outcome.repeated };
};

function missing(): never {
  throw new Error('the storage gave no outcome for a request');
}
