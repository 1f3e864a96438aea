/** Tells those in an AVChatRoom who comes and who leaves (MS4). A user is there while one of his devices is (GR7). */
import type { RoomTipFrame } from '@muster/protocol';
import type { App } from './app.ts';

/** Takes a device out of a room in memory, and tells those who stay when its user is gone with it. */
export function leaveRoomInMemory(app: App, groupID: string, device: number): void {
  const userID = app.rooms.leave(groupID, device);
  if (userID !== undefined) tellRoom(app, groupID, { kind: 'left', userID });
}

/** Begins in a turn of its own: a newcomer hears of himself once his joining is answered. */
export function tellRoom(app: App, groupID: string, who: Pick<RoomTipFrame, 'kind' | 'userID'>): void {
  if (!app.delivery.passing.takesTip(groupID)) return;
  setImmediate(() => {
    tell(app, groupID, who).catch((cause) => app.log.error({ err: cause }, 'a tip could not be told'));
  });
}

async function tell(app: App, groupID: string, who: Pick<RoomTipFrame, 'kind' | 'userID'>): Promise<void> {
  const profile = (await app.storage.users.read([who.userID])).get(who.userID)?.profile;
  const { nick = '', avatar = '' } = profile ?? {};
  const memberCount = app.rooms.connectedCount(groupID);
  app.delivery.passing.toGroup(groupID, { event: 'roomTip', groupID, ...who, nick, avatar, memberCount });
}
