/**
 * What a device mirrors, read in such an order that nothing is missed: first the feeds are opened, which record what
 * happens from then on, and only then is the state read. A group that turns up in the read is opened too, and the
 * read is done again.
 */
import { type MemberRecord, roleOf, type UserRecord, viewOf } from '@muster/domain';
import { type GroupView, groupScope, userScope } from '@muster/protocol';
import type { App } from '../app.ts';

export interface Mirror {
  user: UserRecord;
  /** The groups whose stored member the user is. */
  groups: GroupView[];
  /** The AVChatRooms that this device is in. */
  rooms: GroupView[];
}

export async function readMirror(app: App, userID: string, device: number): Promise<Mirror> {
  const opened = new Set<string>();
  app.delivery.log.open(userScope(userID));
  for (;;) {
    const mirror = await readOnce(app, userID, device);
    const fresh = [...mirror.groups, ...mirror.rooms]
      .map(({ profile }) => profile.groupID)
      .filter((groupID) => !opened.has(groupID));
    if (fresh.length === 0) return mirror;
    for (const groupID of fresh) {
      opened.add(groupID);
      app.delivery.log.open(groupScope(groupID));
      app.delivery.counters.open(groupID);
    }
  }
}

async function readOnce(app: App, userID: string, device: number): Promise<Mirror> {
  const user = (await app.storage.users.read([userID])).get(userID);
  if (!user) throw new Error('a user who has just logged in is unknown to the storage');
  const joined = await app.storage.groups.joined(userID);
  const groups = joined.map(({ group, member }) => viewOf(group, member));
  return { user, groups, rooms: await readRooms(app, userID, device) };
}

async function readRooms(app: App, userID: string, device: number): Promise<GroupView[]> {
  const rooms: GroupView[] = [];
  for (const groupID of app.rooms.roomsOf(device)) {
    const state = await app.storage.groups.read(groupID, [userID], [device]);
    const place = state.roomDevices.get(device);
    const { group } = state;
    if (group?.endedAt !== 0 || !place) continue;
    rooms.push(viewOf(group, roomMember(userID, roleOf(state, userID) ?? 'Member', place.joinTime)));
  }
  return rooms;
}

/** A present user of an AVChatRoom as a member: such members have no rows of their own. */
export function roomMember(userID: string, role: MemberRecord['role'], joinTime: number): MemberRecord {
  return { userID, role, joinTime, nameCard: '', muteUntil: 0 };
}
