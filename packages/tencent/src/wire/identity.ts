/** The names by which the original SDK knows users and sessions. */
import { createHash } from 'node:crypto';

/** Above every number that another kind of account could have, as far as a client looks. */
const FIRST_TINY_ID = 2n ** 57n;
const TINY_ID_BITS = 52n;

/** A user's number: the client makes message IDs from it, so that it must be the same everywhere and always. */
export function tinyIDOf(userID: string): string {
  const hash = createHash('sha256').update(userID).digest().readBigUInt64BE();
  return String(FIRST_TINY_ID + (hash >> (64n - TINY_ID_BITS)));
}

/** What proves a session: the key of our own devices with the user it belongs to, which no head names after a login. */
export function a2Of(userID: string, sessionKey: string): string {
  return `${Buffer.from(userID).toString('base64url')}.${sessionKey}`;
}

/** What an A2 claims; undefined when it is none. Nothing of it is proven. */
export function readA2(a2: string): { userID: string; sessionKey: string } | undefined {
  const dot = a2.indexOf('.');
  if (dot < 1) return undefined;
  const userID = Buffer.from(a2.slice(0, dot), 'base64url').toString();
  return { userID, sessionKey: a2.slice(dot + 1) };
}
