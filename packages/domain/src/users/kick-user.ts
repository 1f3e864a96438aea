import type { CommandError } from '@muster/protocol';
import { accept, type Decision, refuse } from '../decision.ts';
import type { UserChanges, UserRecord } from './user-state.ts';

/** Ends every login of a user, and every session key and userSig from before now (US11). */
export function endLogins(
  state: UserRecord | undefined,
  asker: { isAdministrator: boolean; now: number },
): Decision<UserChanges, Record<string, never>, CommandError<'kickUser'>> {
  if (!asker.isAdministrator) return refuse('ADMINISTRATOR_NEEDED');
  if (state === undefined) return refuse('USER_NOT_FOUND');
  return accept({ signaturesFrom: asker.now }, {});
}
