import { importAccount as decideImport } from '@muster/domain';
import type { Handler } from '../call.ts';
import { causeOf, withOperation } from '../write.ts';

export const importAccount: Handler<'importAccount'> = async (app, call) => {
  const { input, isAdministrator } = call;
  const outcome = await app.storage.users.update({
    ...withOperation(call),
    userID: input.userID,
    decide: (state) => decideImport(state, { isAdministrator, ...causeOf(call) }, input),
  });
  if (!outcome.ok) return outcome;
  app.delivery.publish(outcome.events, call.session);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
};
