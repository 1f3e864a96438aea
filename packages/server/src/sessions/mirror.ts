/**
 * What a device mirrors, read in such an order that nothing is missed: first the feeds are opened, which record what
 * happens from then on, and only then is the state read. A group that turns up in the read is opened too, and the
 * read is done again.
 */
import {
  conversationGroupOf,
  conversationViewOf,
  type MemberRecord,
  roleOf,
  type UserRecord,
  viewOf,
} from '@muster/domain';
import { type GroupView, groupScope, type UserSnapshot, userScope } from '@muster/protocol';
import type { App } from '../app.ts';

export interface Mirror {
  user: UserRecord;
  /** The groups whose stored member the user is. */
  groups: GroupView[];
  /** The AVChatRooms that this device is in. */
  rooms: GroupView[];
}

/** The same with everything that a snapshot holds, as of one moment but for the rooms. */
export interface WholeMirror extends Mirror {
  snapshot: UserSnapshot;
}

/** What a device needs that its user's log brings up to date: cheap, whatever the number of conversations. */
export function readMirror(app: App, userID: string, device: number): Promise<Mirror> {
  return opened(app, { userID }, async () => {
    const user = (await app.storage.users.read([userID])).get(userID);
    if (!user) throw unknown();
    const joined = await app.storage.groups.joined(userID);
    const groups = joined.map(({ group, member }) => viewOf(group, member));
    return { user, groups, rooms: await readRooms(app, userID, device) };
  });
}

/** The whole is dear to read: the feeds of the groups that there are now are opened before, so that once is enough. */
export async function readWholeMirror(app: App, userID: string, device: number): Promise<WholeMirror> {
  const joined = await app.storage.groups.joined(userID);
  const groupIDs = [...joined.map(({ group }) => group.groupID), ...app.rooms.roomsOf(device)];
  return opened(app, { userID, groupIDs }, () => readWholeOnce(app, userID, device));
}

async function readWholeOnce(app: App, userID: string, device: number): Promise<WholeMirror> {
  const read = await app.storage.conversations.mirror(userID);
  if (!read) throw unknown();
  const { user } = read;
  const groups = read.groups.map(({ group, member }) => viewOf(group, member));
  const rooms = await readRooms(app, userID, device);
  const snapshot = {
    profile: user.profile,
    groups: [...groups, ...rooms],
    conversations: read.conversations.map(conversationViewOf),
    conversationGroups: read.conversationGroups.map(conversationGroupOf),
  };
  return { user, groups, rooms, snapshot };
}

/** Reads until a read shows no group whose feed was not open when it began. `groupIDs` are opened at once. */
async function opened<Read extends Mirror>(
  app: App,
  { userID, groupIDs = [] }: { userID: string; groupIDs?: readonly string[] },
  read: () => Promise<Read>,
): Promise<Read> {
  const known = new Set<string>();
  app.delivery.log.open(userScope(userID));
  for (let fresh = groupIDs; ; ) {
    for (const groupID of fresh) {
      known.add(groupID);
      app.delivery.log.open(groupScope(groupID));
      app.delivery.counters.open(groupID);
    }
    const mirror = await read();
    const groupsRead = [...mirror.groups, ...mirror.rooms].map(({ profile }) => profile.groupID);
    fresh = groupsRead.filter((groupID) => !known.has(groupID));
    if (fresh.length === 0) return mirror;
  }
}

function unknown(): Error {
  return new Error('a user who has just logged in is unknown to the storage');
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
  const uncounted = { joinSequence: 0, joinCounted: 0, ownCounted: 0 };
  return { userID, role, joinTime, nameCard: '', muteUntil: 0, ...uncounted };
}
