import { type GroupChanges, type GroupState, groupChat } from '@muster/domain';
import { groupScope, type Profile, scopeOwner } from '@muster/protocol';
import { compareText } from '../operations/text-order.ts';
import type { GroupRequest, GroupStorage, JoinedGroup, Outcome } from '../port.ts';
import { countersVersionAfter } from '../sql/group-writes.ts';
import { takeAlong } from './memory-conversation-groups.ts';
import { messageRecords, putMessage } from './memory-messages.ts';
import { userOf } from './memory-users.ts';
import type { MemoryGroup, MemoryState } from './state.ts';
import { turn } from './turn.ts';

export function memoryGroups(state: MemoryState): GroupStorage {
  return {
    update: (request) => turn(() => state.once(request.operation, request.now, () => update(state, request))),
    read: (groupID, userIDs, devices) =>
      turn(() => groupState(state, { groupID, userIDs, ...(devices && { devices }) })),
    readWithAttributes: (groupID, userIDs, devices) =>
      turn(() => groupState(state, { groupID, userIDs, devices, attributes: true })),
    joined: (userID) => turn(() => joinedGroups(state, userID)),
    members: (groupID, { offset, count, role }) =>
      turn(() => {
        const members = [...(state.groups.get(groupID)?.members.values() ?? [])];
        return members
          .filter((member) => role === undefined || member.role === role)
          .sort((a, b) => a.joinTime - b.joinTime || compareText(a.userID, b.userID))
          .slice(offset, offset + count);
      }),
    applications: (userID) => turn(() => applications(state, userID)),
    roomDevices: (of) => turn(() => roomDevices(state, of)),
  };
}

function groupState(
  state: MemoryState,
  {
    groupID,
    userIDs,
    devices = [],
    attributes,
    messages,
    profiles,
  }: Omit<GroupRequest<unknown>, 'now' | 'decide'>,
): GroupState {
  const group = state.groups.get(groupID);
  return {
    group: group && { ...group.record },
    members: some(group?.members, userIDs),
    applications: some(group?.applications, userIDs),
    roomDevices: some(group?.rooms, devices),
    users: new Set(userIDs.filter((userID) => state.users.has(userID))),
    attributes: attributes ? new Map(group?.attributes) : undefined,
    messages: messages && messageRecords(state, groupChat(groupID), messages),
    profiles: profiles ? profilesOf(state, userIDs) : undefined,
  };
}

function profilesOf(state: MemoryState, userIDs: readonly string[]): Map<string, Profile> {
  const users = userIDs.flatMap((userID) => userOf(state, userID) ?? []);
  return new Map(users.map(({ userID, profile }) => [userID, profile]));
}

function some<Key, Value>(rows: ReadonlyMap<Key, Value> | undefined, keys: readonly Key[]): Map<Key, Value> {
  const found = new Map<Key, Value>();
  for (const key of keys) {
    const row = rows?.get(key);
    if (row !== undefined) found.set(key, row);
  }
  return found;
}

function update<Reply>(state: MemoryState, request: GroupRequest<Reply>): Outcome<Reply> {
  const { groupID } = request;
  const decision = request.decide(groupState(state, request));
  if (!decision.ok) return decision;
  const scope = groupScope(groupID);
  for (const { scope: other } of decision.events) {
    if (other !== scope && scopeOwner(other).kind === 'group')
      throw new Error(`A change that does not lock ${other} tells it something.`);
  }
  const group = changed(state.groups.get(groupID), decision.changes);
  if (!group) return { ok: true, reply: decision.reply, repeated: false, events: [] };
  state.groups.set(groupID, group);
  for (const [userID, member] of decision.changes.members ?? []) {
    if (member === null) takeAlong(state, userID, groupID);
  }
  if (decision.changes.message) putMessage(state, decision.changes.message);
  const events = state.tell(decision.events);
  group.record.seq = state.seq(scope);
  return { ok: true, reply: decision.reply, repeated: false, events };
}

/** The group with its rows after a change. One that begins, begins empty; one that ends, ends empty. */
function changed(before: MemoryGroup | undefined, changes: GroupChanges): MemoryGroup | undefined {
  const record = changes.group ?? before?.record;
  if (!record) return undefined;
  const ends = record.endedAt !== 0 && before?.record.endedAt === 0;
  const countersVersion = countersVersionAfter(before?.record, ends);
  const kept = { ...structuredClone(record), seq: before?.record.seq ?? 0, countersVersion };
  const isNew = before?.record.generation !== record.generation || record.endedAt !== 0;
  const group: MemoryGroup = before && !isNew ? { ...before, record: kept } : emptyGroup(kept);
  if (record.endedAt !== 0) return group;
  change(group.members, changes.members);
  change(group.applications, changes.applications);
  change(group.rooms, changes.roomDevices);
  if (changes.attributes) group.attributes = new Map(changes.attributes);
  return group;
}

function emptyGroup(record: MemoryGroup['record']): MemoryGroup {
  return {
    record,
    members: new Map(),
    applications: new Map(),
    rooms: new Map(),
    attributes: new Map(),
    counters: { counters: new Map(), deleted: new Map() },
  };
}

function change<Key, Value>(rows: Map<Key, Value>, changes: readonly [Key, Value | null][] = []): void {
  for (const [key, row] of changes) {
    if (row === null) rows.delete(key);
    else rows.set(key, structuredClone(row));
  }
}

export function joinedGroups(state: MemoryState, userID: string): JoinedGroup[] {
  const found = [...state.groups.values()].flatMap(({ record, members }) => {
    const member = members.get(userID);
    return member && record.type !== 'AVChatRoom' ? [{ group: { ...record }, member }] : [];
  });
  return found.sort(
    (a, b) => a.member.joinTime - b.member.joinTime || compareText(a.group.groupID, b.group.groupID),
  );
}

function applications(state: MemoryState, userID: string) {
  const found = [...state.groups.values()].flatMap(({ record, members, applications }) => {
    const role = members.get(userID)?.role;
    if (role !== 'Owner' && role !== 'Admin') return [];
    return [...applications.values()].map((application) => ({ group: { ...record }, application }));
  });
  return found.sort(
    (a, b) =>
      a.application.applyTime - b.application.applyTime ||
      compareText(a.group.groupID, b.group.groupID) ||
      compareText(a.application.userID, b.application.userID),
  );
}

function roomDevices(state: MemoryState, of: { groupID: string } | { device: number } | 'all') {
  const found = [...state.groups].flatMap(([groupID, { rooms }]) => {
    return [...rooms.values()].map((room) => ({ groupID, room }));
  });
  return found
    .filter(({ groupID, room }) => {
      if (of === 'all') return true;
      return 'groupID' in of ? groupID === of.groupID : room.device === of.device;
    })
    .sort(
      (a, b) =>
        compareText(a.groupID, b.groupID) ||
        a.room.joinTime - b.room.joinTime ||
        a.room.device - b.room.device,
    );
}
