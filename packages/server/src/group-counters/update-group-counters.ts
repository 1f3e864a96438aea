import { updateCounters } from '@muster/domain';
import { type CommandOutput, toWire } from '@muster/protocol';
import type { CounterOutcome, CounterRequest } from '@muster/storage';
import type { App } from '../app.ts';
import type { Call, Handler, Result } from '../call.ts';
import { publishCounters } from './publish-counters.ts';

type Command = 'updateGroupCounters';

export const updateGroupCounters: Handler<Command> = (app, call) =>
  app.storage.groupCounters
    .update([requestOf(call)])
    .then((outcomes) => answerOf(app, call.input.groupID, outcomes[0]));

function requestOf({ input, userID, isAdministrator, operation, now }: Call<Command>): CounterRequest {
  const { groupID, counters } = input;
  const decide: CounterRequest['decide'] = (state) => updateCounters(state, input);
  const request: CounterRequest = { groupID, userID, isAdministrator, now, decide };
  if (operation) request.operation = operation;
  if (counters.length === 1 && counters[0]) request.key = counters[0].key;
  return request;
}

function answerOf(app: App, groupID: string, outcome: CounterOutcome | undefined): Result<Command> {
  if (!outcome) throw new Error('the storage gave no outcome for a request');
  if (!outcome.ok) return outcome;
  publishCounters(app, groupID, outcome);
  return { ok: true, output: outputOf(outcome), repeated: outcome.repeated };
}

function outputOf({ reply }: CounterOutcome & { ok: true }): CommandOutput<Command> {
  return {
    counters: reply.counters.map(({ key, value }) => ({ key, value: toWire(value) })),
    version: reply.version,
  };
}
