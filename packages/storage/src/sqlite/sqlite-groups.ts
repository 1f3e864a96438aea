import { type GroupChanges, type GroupState, groupChat } from '@muster/domain';
import type { GroupRequest, GroupStorage, Outcome } from '../port.ts';
import { groupWrites, usersOf } from '../sql/group-writes.ts';
import { applicationOf, groupOf, integer, memberOf, type Row, roomDeviceOf } from '../sql/rows.ts';
import type { ColdWrites } from './cold-writes.ts';
import type { Pending } from './pending.ts';
import { type NamedRows, PendingGroups } from './pending-groups.ts';
import type { Reader } from './reader.ts';

export function sqliteGroups(reader: Reader, cold: ColdWrites): GroupStorage {
  return {
    update: (request) => cold.run((pending) => update(pending, request)),
    read: async (groupID, userIDs, devices = []) => stateOnDisk(reader, { groupID, userIDs, devices }),
    readWithAttributes: async (groupID, userIDs, devices) =>
      stateOnDisk(reader, { groupID, userIDs, devices, attributes: true }),
    joined: async (userID) =>
      reader
        .all('joinedGroups', [userID])
        .map((row) => ({ group: groupOf(row).record, member: memberOf(row) })),
    members: async (groupID, { offset, count, role }) => {
      const rows =
        role === undefined
          ? reader.all('members', [groupID, count, offset])
          : reader.all('membersOfRole', [groupID, role, count, offset]);
      return rows.map(memberOf);
    },
    applications: async (userID) =>
      reader
        .all('applicationsToDecide', [userID])
        .map((row) => ({ group: groupOf(row).record, application: applicationOf(row) })),
    roomDevices: async (of) =>
      roomRows(reader, of).map((row) => ({ groupID: row.group_id as string, room: roomDeviceOf(row) })),
  };
}

function stateOnDisk(reader: Reader, named: NamedRows): GroupState {
  return reader.together(() => new PendingGroups(reader).state(named, (users) => registered(reader, users)));
}

function roomRows(reader: Reader, of: { groupID: string } | { device: number } | 'all'): Row[] {
  if (of === 'all') return reader.all('roomDevicesOfAll');
  return 'groupID' in of
    ? reader.all('roomDevicesOfGroup', [of.groupID])
    : reader.all('roomDevicesOfDevice', [of.device]);
}

function registered(reader: Reader, userIDs: readonly string[]): ReadonlySet<string> {
  const isRegistered = (row: Row | undefined) => row !== undefined && integer(row.registered) === 1;
  return new Set(userIDs.filter((userID) => isRegistered(reader.first('user', [userID]))));
}

function update<Reply>(pending: Pending, request: GroupRequest<Reply>): Outcome<Reply> {
  const { groupID, now } = request;
  const decide = () => request.decide(stateOf(pending, request));
  return pending.once(request, decide, ({ changes, events }) => {
    const users = usersOf(events);
    const seqs = pending.seqs(users);
    const before = pending.groups.stored(groupID);
    const written = groupWrites({ groupID, before, changes, events, seqs, now });
    const { after } = written;
    pending.writes.push(...written.writes);
    if (!after) return [];
    pending.raise(users, seqs);
    const left = pending.groups.put(groupID, after, changes);
    putConversations(pending, groupID, changes);
    pending.afterwards(() => pending.caches.groups.changed(after, changes, left));
    return written.events;
  });
}

function stateOf(pending: Pending, request: GroupRequest<unknown>): GroupState {
  const { groupID, userIDs, devices = [], attributes, messages, profiles } = request;
  const known = userIDs.flatMap((userID) => pending.user(userID).record ?? []);
  const users = () => new Set(known.map(({ userID }) => userID));
  return {
    ...pending.groups.state({ groupID, userIDs, devices, attributes }, users),
    messages: messages && pending.conversations.messages(groupChat(groupID), messages),
    profiles: profiles ? new Map(known.map(({ userID, profile }) => [userID, profile])) : undefined,
  };
}

/** Who leaves takes along what he kept of the group's conversation; a message may be asked for by its sequence. */
function putConversations(
  { conversations }: Pending,
  groupID: string,
  { members = [], message }: GroupChanges,
): void {
  for (const [userID, member] of members) if (!member) conversations.leave(userID, groupID);
  if (message) conversations.putMessage(message);
}
