/**
 * A device's place in an AVChatRoom is a stored row (GR7). Its presence and its subscription stand in memory and follow
 * the row, also when the connection that asked has gone meanwhile, and when its answer is given a second time.
 */
import type { GroupView } from '@muster/protocol';
import type { App } from '../app.ts';
import { leaveRoomInMemory } from '../room-tips.ts';
import type { Session } from '../sessions/session.ts';

type Place = { groupID: string; device: number };

/**
 * Follows an entry that was committed: a device whose connection has gone meanwhile is one that is away. True when
 * its user was not there before.
 */
export function takePlace(
  app: App,
  { device, userID }: Session,
  { profile: { groupID }, seq, countersVersion }: GroupView,
): boolean {
  const connected = app.sessions.ofDevice(device);
  connected?.subscribeGroup({ groupID, seq, countersVersion }, true);
  // No subscription is given where the room has ended since.
  if (connected && !connected.groups.has(groupID)) return false;
  return app.rooms.enter(groupID, device, userID, connected ? 0 : app.now());
}

/** Follows a leaving that was committed. */
export function givePlace(app: App, { groupID, device }: Place): void {
  leaveRoomInMemory(app, groupID, device);
  const connected = app.sessions.ofDevice(device);
  if (connected?.groups.get(groupID)?.isRoom) connected.unsubscribeGroup(groupID);
}

/** Whether the device has a place now. A repeated answer tells what was, perhaps of a room that has ended since. */
export async function hasPlace(app: App, { groupID, device }: Place): Promise<boolean> {
  const { group, roomDevices } = await app.storage.groups.read(groupID, [], [device]);
  return group?.endedAt === 0 && group.type === 'AVChatRoom' && roomDevices.has(device);
}
