import { deleteCounters } from '@muster/domain';
import type { Handler } from '../call.ts';
import { withOperation } from '../write.ts';
import { publishCounters } from './publish-counters.ts';

export const deleteGroupCounters: Handler<'deleteGroupCounters'> = async (app, call) => {
  const { input, userID, isAdministrator } = call;
  const [outcome] = await app.storage.groupCounters.update([
    {
      ...withOperation(call),
      groupID: input.groupID,
      userID,
      isAdministrator,
      decide: (state) => deleteCounters(state, input),
    },
  ]);
  if (!outcome) throw new Error('the storage gave no outcome for a request');
  if (!outcome.ok) return outcome;
  publishCounters(app, input.groupID, outcome);
  const { keyList = [], version } = outcome.reply;
  return { ok: true, output: { keyList: [...keyList], version }, repeated: outcome.repeated };
};
