/** What a login names of the world, as far as a frame holds it. */
import type { LoginInput } from '@muster/protocol';
import { LIMITS } from '../limits.ts';
import type { Mirror } from '../memory/mirror.ts';

/** What the rest of the login takes at most, with a userSig of 4 KiB. */
const REST_BYTES = 8_192;

export interface Named {
  input: Pick<LoginInput, 'positions' | 'counters'>;
  /** Groups whose counters there was no room to name. */
  left: string[];
}

/** Without positions the server sends a snapshot, so that too many of them cost time but lose nothing. */
export function nameTheWorld(mirror: Mirror, isByKey: boolean): Named {
  const frame = isByKey ? LIMITS.frame_bytes_max : LIMITS.frameBeforeLogin_bytes_max;
  const room = frame - REST_BYTES;
  const all = mirror.positions();
  const positions = all.length > LIMITS.catchUp_scopes_max || size(all) > room ? [] : all;
  const versions = mirror.counters.versions();
  let counters = versions.slice(0, LIMITS.catchUp_scopes_max);
  while (size(counters) > room - size(positions))
    counters = counters.slice(0, Math.floor(counters.length / 2));
  return {
    input: { ...(positions.length > 0 && { positions }), ...(counters.length > 0 && { counters }) },
    left: versions.slice(counters.length).map(({ groupID }) => groupID),
  };
}

/** groupIDs are ASCII, so that characters are bytes. */
function size(named: unknown[]): number {
  return named.length === 0 ? 0 : JSON.stringify(named).length;
}
