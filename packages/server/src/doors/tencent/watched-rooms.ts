/** The AVChatRooms that are watched without a login (SE3): followed while somebody polls, and a while longer. */
import { watchRoom } from '@muster/domain';
import { type ErrorName, groupIDFault, groupScope, limit, type WireError, wireError } from '@muster/protocol';
import type { App } from '../../app.ts';
import { wireSet } from '../../sessions/catch-up.ts';
import { ViewerKeys } from './viewer-key.ts';
import { WatchedRoom } from './watched-room.ts';

const ROOMS_MAX = limit('anonymousViewerRooms_max');
const KEPT_MS = limit('anonymousViewerRoom_kept_ms');

export type Watching = { ok: true; room: WatchedRoom } | { ok: false; error: WireError };

export class WatchedRooms {
  readonly keys: ViewerKeys;
  private readonly app: App;
  private readonly rooms = new Map<string, WatchedRoom>();
  private readonly opening = new Map<string, Promise<Watching>>();

  constructor(app: App) {
    this.app = app;
    this.keys = new ViewerKeys(app.settings.secretKey);
  }

  /** The room for a newcomer, or for one who was told of it up to a number: of one that is over he hears the end. */
  async watch(groupID: string, seq = Number.POSITIVE_INFINITY): Promise<Watching> {
    const known = this.rooms.get(groupID);
    if (known && (!known.isOver || seq < known.seq)) {
      known.usedAt = this.app.now();
      return { ok: true, room: known };
    }
    const opening = this.opening.get(groupID) ?? this.open(groupID);
    this.opening.set(groupID, opening);
    return opening.finally(() => this.opening.delete(groupID));
  }

  sweep(): void {
    const before = this.app.now() - KEPT_MS;
    for (const [groupID, room] of this.rooms) {
      room.sweep();
      if (room.isWatched || room.usedAt >= before) continue;
      room.end();
      this.rooms.delete(groupID);
    }
  }

  stop(): void {
    for (const room of this.rooms.values()) room.end();
    this.rooms.clear();
  }

  private async open(groupID: string): Promise<Watching> {
    if (groupIDFault(groupID)) return refused('GROUP_NOT_FOUND');
    if (this.rooms.size + this.opening.size >= ROOMS_MAX) return refused('OVERLOADED');
    const { storage, delivery } = this.app;
    // The feeds first and the state second: nothing falls between them.
    delivery.log.open(groupScope(groupID));
    delivery.counters.open(groupID);
    const reading = watchRoom(await storage.groups.read(groupID, [], []));
    if (!reading.ok) return refused(reading.error);
    const { counters, version } = wireSet(await storage.groupCounters.read(groupID, '', true));
    const start = { groupID, logSeq: reading.reply.seq, countersVersion: version, counters };
    const room = new WatchedRoom(this.app, start);
    this.rooms.set(groupID, room);
    return { ok: true, room };
  }
}

function refused(error: ErrorName): Watching {
  return { ok: false, error: wireError(error) };
}
