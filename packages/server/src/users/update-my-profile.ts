import { updateProfile } from '@muster/domain';
import type { Handler } from '../call.ts';
import { causeOf, withOperation } from '../write.ts';

export const updateMyProfile: Handler<'updateMyProfile'> = async (app, call) => {
  const outcome = await app.storage.users.update({
    ...withOperation(call),
    userID: call.userID,
    decide: (state) => updateProfile(state, { userID: call.userID, ...causeOf(call) }, call.input),
  });
  if (!outcome.ok) return outcome;
  app.delivery.publish(outcome.events, call.session);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
};
