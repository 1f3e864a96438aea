import { refuse } from '@muster/domain';
import { limit } from '@muster/protocol';
import type { Handler } from '../call.ts';

export const getUserProfile: Handler<'getUserProfile'> = async (app, { input }) => {
  const most = limit('users_perRequest_max');
  if (input.userIDList.length > most) {
    return refuse(
      'BAD_ARGUMENT_VALUE',
      `userIDList names ${input.userIDList.length} users; at most ${most} at once.`,
    );
  }
  const users = await app.storage.users.read(input.userIDList);
  const profiles = input.userIDList.flatMap((userID) => users.get(userID)?.profile ?? []);
  return { ok: true, output: { profiles } };
};
