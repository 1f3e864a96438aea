/** Nicks as userIDs. */
import { createHash } from 'node:crypto';
import { userIDFault } from '@muster/protocol';

/** No nick of a chat network begins so. What does is never taken as it stands, which keeps derived userIDs apart. */
const DERIVED = '~';
const DIGEST_CHARACTERS = 31;

/** Who makes the groups and asks for the counters at the end. No nick becomes this userID. */
export const KEEPER = `${DERIVED}keeper`;
/** Who reads everything. No nick becomes this userID either. */
export const READER = `${DERIVED}reader`;

/**
 * A nick as a userID: itself where US1 allows it, else a name made from a digest of it. Two nicks never get the same
 * one, and a nick gets the same in every file.
 */
export function userIDOf(nick: string): string {
  if (userIDFault(nick) === undefined && !nick.startsWith(DERIVED)) return nick;
  const digest = createHash('sha256').update(nick, 'utf16le').digest('base64url');
  return DERIVED + digest.slice(0, DIGEST_CHARACTERS);
}
