import type { Translation } from '@muster/tencent';
import type { Departures } from './departures.ts';
import type { WatchedRooms } from './watched-rooms.ts';

/** What a socket of the original SDK is opened with. */
export interface TencentLanguage {
  /** Whether frames are binary: `/binfo`, and not `/info`. */
  isBinary: boolean;
  commands: ReadonlyMap<string, Translation>;
  departures: Departures;
  /** What may be watched without a login; undefined where nothing may (SE3). */
  watchedRooms: WatchedRooms | undefined;
}
