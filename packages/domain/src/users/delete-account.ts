import type { CommandError } from '@muster/protocol';
import { accept, type Decision, type Refusal, refuse } from '../decision.ts';
import type { UserChanges, UserRecord } from './user-state.ts';

interface Deletion {
  isAdministrator: boolean;
  /** Whether the account is itself that of an administrator. */
  isOfAdministrator: boolean;
  now: number;
}

/** The last step of a deletion: the user is known no longer, and no proof from before holds (US13). */
export function deleteAccount(
  state: UserRecord | undefined,
  deletion: Deletion,
): Decision<UserChanges, Record<string, never>, CommandError<'deleteAccount'>> {
  const refusal = refuseDeletion(state, deletion);
  return refusal ?? accept({ deleted: true, signaturesFrom: deletion.now }, {});
}

/** Why an account may not be deleted, or undefined. */
export function refuseDeletion(
  state: UserRecord | undefined,
  { isAdministrator, isOfAdministrator }: Deletion,
): Refusal<'ADMINISTRATOR_NEEDED' | 'NOT_PERMITTED' | 'USER_NOT_FOUND'> | undefined {
  if (!isAdministrator) return refuse('ADMINISTRATOR_NEEDED');
  if (isOfAdministrator) return refuse('NOT_PERMITTED', 'The account of an administrator is not deleted.');
  return state === undefined ? refuse('USER_NOT_FOUND') : undefined;
}
