import { type CommandError, type ImportAccountInput, userIDFault } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { updateProfile } from './update-my-profile.ts';
import type { UserChanges, UserRecord } from './user-state.ts';

/** Makes a user known before his first login; of one who is known it replaces what is given (US12). */
export function importAccount(
  state: UserRecord | undefined,
  asker: Pick<Asker, 'isAdministrator' | 'by'>,
  { userID, ...profile }: ImportAccountInput,
): Decision<UserChanges, Record<string, never>, CommandError<'importAccount'>> {
  if (!asker.isAdministrator) return refuse('ADMINISTRATOR_NEEDED');
  const fault = userIDFault(userID);
  if (fault !== undefined) return refuse('BAD_ARGUMENT_VALUE', `userID ${fault}.`);
  const updated = updateProfile(state, { userID, by: asker.by }, profile);
  return updated.ok ? accept(updated.changes, {}, updated.events) : updated;
}
