import { registerUser } from '@muster/domain';
import type { App } from '../app.ts';

/** Makes a user known at his first call with a valid userSig (US3). Does nothing for one who is known. */
export async function register(app: App, userID: string): Promise<void> {
  if ((await app.storage.users.read([userID])).has(userID)) return;
  await app.storage.users.update({
    userID,
    now: app.now(),
    decide: (state) => registerUser(state, userID),
  });
}
