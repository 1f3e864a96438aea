import { updateProfile } from '@muster/domain';
import { userScope } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { commit } from '../commit.ts';
import { causeOf, withOperation } from '../write.ts';

export const updateMyProfile: Handler<'updateMyProfile'> = async (app, call) => {
  const { userID } = call;
  const outcome = await commit(app, { scopes: [userScope(userID)], session: call.session }, () =>
    app.storage.users.update({
      ...withOperation(call),
      userID,
      decide: (state) => updateProfile(state, { userID, ...causeOf(call) }, call.input),
    }),
  );
  if (!outcome.ok) return outcome;
  app.delivery.publish(outcome.events, call.session);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
};
