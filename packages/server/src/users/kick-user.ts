import { endLogins } from '@muster/domain';
import type { Handler } from '../call.ts';
import { kickSessions } from '../sessions/login.ts';
import { withOperation } from '../write.ts';

export const kickUser: Handler<'kickUser'> = async (app, call) => {
  const { input, isAdministrator, now } = call;
  const outcome = await app.storage.users.update({
    ...withOperation(call),
    userID: input.userID,
    decide: (state) => endLogins(state, { isAdministrator, now }),
  });
  if (!outcome.ok) return outcome;
  if (!outcome.repeated) kickSessions(app, input.userID);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
};
