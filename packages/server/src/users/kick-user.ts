import { refuse } from '@muster/domain';
import type { Handler } from '../call.ts';
import { kickSessions } from '../sessions/login.ts';

export const kickUser: Handler<'kickUser'> = async (app, { input, isAdministrator, now }) => {
  if (!isAdministrator) return refuse('ADMINISTRATOR_NEEDED');
  if (!(await app.storage.users.kick(input.userID, now))) return refuse('USER_NOT_FOUND');
  kickSessions(app, input.userID);
  return { ok: true, output: {} };
};
