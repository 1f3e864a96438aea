import { type GroupState, groupChat, type RoomDevice } from '@muster/domain';
import type { Profile } from '@muster/protocol';
import type { GroupRequest, GroupStorage, Outcome } from '../port.ts';
import { groupWrites, usersOf } from '../sql/group-writes.ts';
import {
  applicationOf,
  attributesOf,
  groupOf,
  memberOf,
  type Row,
  roomDeviceOf,
  type StoredGroup,
  userOf,
} from '../sql/rows.ts';
import { messagesOf } from './conversation-rows.ts';
import type { CounterCache } from './counter-cache.ts';
import { devicesOf } from './counter-state.ts';
import type { Connection, Database } from './database.ts';
import type { Gate } from './gate.ts';
import { groupGate } from './group-counters.ts';
import { type Decided, once } from './once.ts';
import { APPLICATIONS_OF, LOCK_NAMES, MEMBERS_OF, ROOM_DEVICES_OF, USERS } from './own-statements.ts';
import { lockUsers, seqsOf } from './user-locks.ts';

export interface GroupParts {
  database: Database;
  cache: CounterCache;
  gate: Gate;
}

export function openGroups(parts: GroupParts): GroupStorage {
  const { database } = parts;
  return {
    update: (request) => update(parts, request),
    read: (groupID, userIDs, devices = []) =>
      database.snapshot(async (connection) => {
        const [row] = await connection.read('group', [groupID]);
        return stateOf(connection, { groupID, userIDs, devices }, row && groupOf(row));
      }),
    readWithAttributes: (groupID, userIDs, devices) =>
      database.snapshot(async (connection) => {
        const [row] = await connection.read('group', [groupID]);
        const asked = { groupID, userIDs, devices, attributes: true };
        return stateOf(connection, asked, row && groupOf(row));
      }),
    joined: (userID) =>
      database.read(async (connection) => {
        const rows = await connection.read('joinedGroups', [userID]);
        return rows.map((row) => ({ group: groupOf(row).record, member: memberOf(row) }));
      }),
    members: (groupID, { offset, count, role }) =>
      database.read(async (connection) => {
        const rows =
          role === undefined
            ? await connection.read('members', [groupID, count, offset])
            : await connection.read('membersOfRole', [groupID, role, count, offset]);
        return rows.map(memberOf);
      }),
    applications: (userID) =>
      database.read(async (connection) => {
        const rows = await connection.read('applicationsToDecide', [userID]);
        return rows.map((row) => ({ group: groupOf(row).record, application: applicationOf(row) }));
      }),
    roomDevices: (of) => database.read((connection) => roomDevices(connection, of)),
  };
}

async function update<Reply>(parts: GroupParts, request: GroupRequest<Reply>): Promise<Outcome<Reply>> {
  const { database, cache, gate } = parts;
  const { groupID } = request;
  const devices = devicesOf([request]);
  return gate.run([groupGate(groupID), ...devices], async () => {
    try {
      return await database.transaction((connection) => updateOnce(connection, request));
    } finally {
      cache.forgetGroup(groupID);
      cache.forgetWindows(devices);
    }
  });
}

function updateOnce<Reply>(connection: Connection, request: GroupRequest<Reply>): Promise<Outcome<Reply>> {
  const { groupID } = request;
  let before: StoredGroup | undefined;
  return once(connection, request, {
    lockScope: async () => {
      before = await lockGroup(connection, groupID);
    },
    decide: () => decide(connection, request, before),
  });
}

/** Locks the group's row, or its name while there is none, so that a groupID is taken once. */
async function lockGroup(connection: Connection, groupID: string): Promise<StoredGroup | undefined> {
  const [row] = await connection.lock('group', [groupID]);
  if (row) return groupOf(row);
  await connection.run(LOCK_NAMES, [[groupGate(groupID)]]);
  const [made] = await connection.lock('group', [groupID]);
  return made && groupOf(made);
}

async function decide<Reply>(
  connection: Connection,
  request: GroupRequest<Reply>,
  before: StoredGroup | undefined,
): Promise<Decided<Reply>> {
  const { groupID, now } = request;
  const decision = request.decide(await stateOf(connection, request, before));
  if (!decision.ok) return decision;
  const { changes, events, reply } = decision;
  const removed = (changes.members ?? []).flatMap(([userID, member]) => (member ? [] : [userID]));
  const users = await lockUsers(connection, [...new Set([...usersOf(events), ...removed])]);
  const written = groupWrites({ groupID, before, changes, events, seqs: seqsOf(users), now });
  return { ok: true, reply, events: written.events, writes: written.writes };
}

async function stateOf(
  connection: Connection,
  request: Omit<GroupRequest<unknown>, 'now' | 'decide'>,
  stored: StoredGroup | undefined,
): Promise<GroupState> {
  const { groupID, userIDs, devices = [], messages } = request;
  const named = userIDs.length > 0;
  const members = named ? await connection.run(MEMBERS_OF, [groupID, userIDs]) : [];
  const applications = named ? await connection.run(APPLICATIONS_OF, [groupID, userIDs]) : [];
  const rooms = devices.length > 0 ? await connection.run(ROOM_DEVICES_OF, [groupID, devices]) : [];
  const users = named ? await connection.run(USERS, [userIDs]) : [];
  const profiles = profilesOf(users);
  return {
    group: stored?.record,
    members: keyed(members, memberOf, ({ userID }) => userID),
    applications: keyed(applications, applicationOf, ({ userID }) => userID),
    roomDevices: keyed(rooms, roomDeviceOf, ({ device }) => device),
    users: new Set(profiles.keys()),
    ...(request.profiles && { profiles }),
    ...(request.attributes && (await attributesIn(connection, groupID))),
    ...(messages && {
      messages: await messagesOf(
        connection,
        { chat: groupChat(groupID), sequenceList: messages },
        { group: stored?.record },
      ),
    }),
  };
}

/** Of those who have logged in once. */
function profilesOf(rows: readonly Row[]): Map<string, Profile> {
  const users = rows.flatMap((row) => userOf(row) ?? []);
  return new Map(users.map(({ userID, profile }) => [userID, profile]));
}

async function attributesIn(
  connection: Connection,
  groupID: string,
): Promise<Pick<GroupState, 'attributes'>> {
  const [row] = await connection.read('attributes', [groupID]);
  return { attributes: attributesOf(row) };
}

function keyed<Value, Key>(rows: readonly Row[], decode: (row: Row) => Value, keyOf: (value: Value) => Key) {
  return new Map(rows.map(decode).map((value) => [keyOf(value), value]));
}

async function roomDevices(
  connection: Connection,
  of: { groupID: string } | { device: number } | 'all',
): Promise<{ groupID: string; room: RoomDevice }[]> {
  const rows =
    of === 'all'
      ? await connection.read('roomDevicesOfAll', [])
      : 'groupID' in of
        ? await connection.read('roomDevicesOfGroup', [of.groupID])
        : await connection.read('roomDevicesOfDevice', [of.device]);
  return rows.map((row) => ({ groupID: row.group_id as string, room: roomDeviceOf(row) }));
}
