/** What a login says: who asks, by what proof, and how much of the world the device has seen. */
import { type LoginInput, PROTOCOL_VERSION } from '@muster/protocol';
import * as LIMITS from '../limits.ts';
import type { Mirror } from '../memory/mirror.ts';
import type { Login } from './login.ts';

/** What the rest of the login takes at most, with a userSig of 4 KiB. */
const REST_BYTES = 8_192;

/** A login that brings the device back, or makes it one, proved by its session key or its userSig. */
export function loginInput(login: Login, SDKAppID: number, mirror: Mirror): LoginInput {
  const { userSig, sessionKey, isByKey } = login;
  const proof = (isByKey ? { sessionKey } : { userSig }) as Pick<LoginInput, 'sessionKey' | 'userSig'>;
  return { ...repeatedLoginInput(login, SDKAppID), ...proof, ...nameTheWorld(mirror, isByKey) };
}

/** A login over a connection that is logged in, which needs no more than its proof (US5). */
export function repeatedLoginInput({ userID, device }: Login, SDKAppID: number): LoginInput {
  return { protocol: PROTOCOL_VERSION, SDKAppID, userID, device } as LoginInput;
}

/** Without positions the server sends a snapshot, so that too many of them cost time but lose nothing. */
function nameTheWorld(mirror: Mirror, isByKey: boolean): Pick<LoginInput, 'positions' | 'counters'> {
  const frame = isByKey ? LIMITS.frame_bytes_max : LIMITS.frameBeforeLogin_bytes_max;
  const room = frame - REST_BYTES;
  const all = mirror.positions();
  const versions = mirror.heldCounters.versions();
  let named = {
    positions: all.length > LIMITS.catchUp_scopes_max ? [] : all,
    counters: versions.slice(0, LIMITS.catchUp_scopes_max),
  };
  // groupIDs are ASCII, so that characters are bytes.
  while (JSON.stringify(named).length > room)
    named = { positions: [], counters: named.counters.slice(0, named.counters.length >> 1) };
  // What is not named is not brought up to date.
  for (const { groupID } of versions.slice(named.counters.length)) mirror.heldCounters.unlearn(groupID);
  return named;
}
