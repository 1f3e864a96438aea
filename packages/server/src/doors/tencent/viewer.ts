/**
 * What a connection may ask without a login, where the server allows it: to watch AVChatRooms (SE3). It enters a room
 * and polls it with the key that it is given; a poll is held until there is news.
 */
import { limit, wireError } from '@muster/protocol';
import {
  type Body,
  errorBody,
  POLL_ROOM,
  polledBody,
  WATCH_ROOM,
  type WireRequest,
  watchingBody,
} from '@muster/tencent';
import type { App } from '../../app.ts';
import type { WatchedRooms } from './watched-rooms.ts';

const REQUESTS_MAX = limit('anonymousViewerRequests_perConnection_max');
const POLL_MS = limit('anonymousViewerPoll_ms_max');

export class Viewer {
  /** When it asked last for a room that it may watch; 0 before. */
  watchedAt = 0;
  private readonly app: App;
  private readonly rooms: WatchedRooms;
  private readonly left = new AbortController();
  private underWay = 0;

  constructor(app: App, rooms: WatchedRooms) {
    this.app = app;
    this.rooms = rooms;
  }

  takes({ servcmd }: WireRequest['head']): boolean {
    return servcmd === WATCH_ROOM || servcmd === POLL_ROOM;
  }

  /** The body of the answer. It never rejects. */
  async answer({ head, body, fault }: WireRequest): Promise<Body> {
    if (fault !== undefined) return errorBody(wireError('MALFORMED_REQUEST', fault));
    if (this.underWay >= REQUESTS_MAX) {
      const message = `More than ${REQUESTS_MAX} rooms are watched on this connection.`;
      return errorBody(wireError('TOO_FREQUENT', message));
    }
    this.underWay += 1;
    try {
      return head.servcmd === WATCH_ROOM ? await this.enter(body) : await this.poll(body);
    } catch (cause) {
      this.app.log.error({ err: cause }, 'a room could not be watched');
      return errorBody(wireError('INTERNAL'));
    } finally {
      this.underWay -= 1;
    }
  }

  gone(): void {
    this.left.abort();
  }

  private async enter({ GroupId }: Body): Promise<Body> {
    const groupID = typeof GroupId === 'string' ? GroupId : '';
    const watching = await this.rooms.watch(groupID);
    if (!watching.ok) return errorBody(watching.error);
    this.watchedAt = this.app.now();
    const { seq } = watching.room;
    return watchingBody({ key: this.rooms.keys.issue({ groupID, seq }), seq });
  }

  private async poll({ Key, StartSeq, HoldTime }: Body): Promise<Body> {
    const claim = this.rooms.keys.verify(Key);
    if (!claim) return errorBody(wireError('NOT_PERMITTED', 'The key is that of no room.'));
    // The first poll names no place, whatever the answer before it said.
    const since = Number.isSafeInteger(StartSeq) && StartSeq !== 0 ? (StartSeq as number) : claim.seq;
    const watching = await this.rooms.watch(claim.groupID, since);
    if (!watching.ok) return errorBody(watching.error);
    const { room } = watching;
    this.watchedAt = this.app.now();
    await room.news(since, heldMs(HoldTime), this.left.signal);
    this.watchedAt = this.app.now();
    return polledBody({ key: String(Key), seq: room.seq }, room.after(since));
  }
}

const SECOND_MS = 1_000;

/** The client waits for its own time, which is shorter than what it asks for. */
function heldMs(holdTime: unknown): number {
  return typeof holdTime === 'number' && holdTime >= 0 ? Math.min(holdTime * SECOND_MS, POLL_MS) : POLL_MS;
}
