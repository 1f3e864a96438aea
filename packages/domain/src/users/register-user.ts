import { userIDFault } from '@muster/protocol';
import { accept, type Decision, refuse } from '../decision.ts';
import { emptyProfile, type UserChanges, type UserRecord } from './user-state.ts';

/** Makes a user known at the first login (US3). One who is known stays as he is. */
export function registerUser(state: UserRecord | undefined, userID: string): Decision<UserChanges, null> {
  const fault = userIDFault(userID);
  if (fault !== undefined) return refuse('INVALID_ARGUMENT', `userID ${fault}.`);
  return accept(state === undefined ? { profile: emptyProfile(userID) } : {}, null);
}

/**
 * Why a proof that was issued at this time (milliseconds) no longer holds, or undefined (US11). A userSig tells its
 * time in whole seconds: one of the very second of the kick counts as older, since it may be.
 */
export function refuseEndedLogin(signaturesFrom: number, issuedAt: number) {
  return issuedAt < signaturesFrom ? refuse('SESSION_ENDED') : undefined;
}
