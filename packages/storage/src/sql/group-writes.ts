/** What an accepted decision about a group writes. Pure: from the rows as they were to statements and new rows. */
import type { GroupChanges, GroupRecord, ScopedEvent } from '@muster/domain';
import { conversationOfGroup, groupScope, LIMITS, type Scope, scopeOwner, userScope } from '@muster/protocol';
import type { NumberedEvent } from '../port.ts';
import { messageWrites } from './message-writes.ts';
import {
  applicationParameters,
  attributesParameters,
  groupParameters,
  memberParameters,
  roomDeviceParameters,
  type StoredGroup,
  userSeqParameters,
} from './rows.ts';
import type { Write } from './statements.ts';

/** Events with their numbers, and the statements that keep them. */
export interface NumberedWrites {
  events: NumberedEvent[];
  writes: Write[];
}

/**
 * Numbers events within their scopes. `seqs` holds the last number of each scope, and is raised. A user who is not in
 * it has no log yet; a group that is not in it is not locked, and telling it anything is a mistake in a rule.
 */
export function numberEvents(
  events: readonly ScopedEvent[],
  seqs: Map<Scope, number>,
  now: number,
): NumberedWrites {
  const numbered: NumberedEvent[] = [];
  const writes: Write[] = [];
  for (const { scope, event } of events) {
    const last = seqs.get(scope);
    if (last === undefined && scopeOwner(scope).kind === 'group') {
      throw new Error(`A change that does not lock ${scope} tells it something.`);
    }
    const seq = (last ?? 0) + 1;
    seqs.set(scope, seq);
    numbered.push({ scope, seq, event });
    writes.push(['insertLog', [scope, seq, now, JSON.stringify(event)]]);
  }
  const kept = LIMITS.logKept_perScope_events.value;
  for (const scope of new Set(events.map((event) => event.scope))) {
    const seq = seqs.get(scope) ?? 0;
    if (seq > kept) writes.push(['pruneLog', [scope, seq - kept]]);
  }
  return { events: numbered, writes };
}

/** The statements that raise the numbers of the users whose logs were written. */
export function userSeqWrites(events: readonly ScopedEvent[], seqs: ReadonlyMap<Scope, number>): Write[] {
  return usersOf(events).map((userID) => [
    'setUserSeq',
    userSeqParameters(userID, seqs.get(userScope(userID)) ?? 0),
  ]);
}

/** The users whose logs a list of events goes to, in the order in which their rows are locked. */
export function usersOf(events: readonly ScopedEvent[]): string[] {
  const users = new Set<string>();
  for (const { scope } of events) {
    const { kind, id } = scopeOwner(scope);
    if (kind === 'user') users.add(id);
  }
  return [...users].sort();
}

export interface GroupWrites extends NumberedWrites {
  /** The group's row afterwards; undefined when there is none. */
  after: StoredGroup | undefined;
}

/**
 * The statements of a change of one group. `seqs` holds the last numbers of the users' logs that the events go to,
 * and is raised.
 */
export function groupWrites(change: {
  groupID: string;
  before: StoredGroup | undefined;
  changes: GroupChanges;
  events: readonly ScopedEvent[];
  seqs: Map<Scope, number>;
  now: number;
}): GroupWrites {
  const { groupID, before, changes, events, seqs, now } = change;
  const record = changes.group ?? before?.record;
  if (!record || isEmpty(changes, events)) return { events: [], writes: [], after: before };
  const scope = groupScope(groupID);
  if (
    before &&
    before.record.endedAt !== 0 &&
    record.endedAt === 0 &&
    record.generation <= before.record.generation
  ) {
    throw new Error(`${scope} begins again without a new generation: its old members would be back.`);
  }
  seqs.set(scope, before?.record.seq ?? 0);
  const numbered = numberEvents(events, seqs, now);
  const ends = record.endedAt !== 0 && before?.record.endedAt === 0;
  const after: StoredGroup = {
    record: {
      ...record,
      seq: seqs.get(scope) ?? 0,
      countersVersion: countersVersionAfter(before?.record, ends),
    },
    revoked: (before?.revoked ?? 0) + (changes.revokes || ends ? 1 : 0),
  };
  const writes: Write[] = [['putGroup', groupParameters(after)]];
  if (ends) writes.push(...endWrites(groupID));
  writes.push(
    ...rowWrites(groupID, record.generation, changes),
    ...numbered.writes,
    ...userSeqWrites(events, seqs),
  );
  return { events: numbered.events, writes, after };
}

/**
 * The end of a group takes a version, like every deletion: a device that slept through it and through its being made
 * again can tell that the counters it knew are gone (GC12, GC14).
 */
export function countersVersionAfter(before: GroupRecord | undefined, ends: boolean): number {
  return (before?.countersVersion ?? 0) + (ends ? 1 : 0);
}

function isEmpty(
  { group, members, applications, roomDevices, attributes, message, revokes }: GroupChanges,
  events: readonly ScopedEvent[],
) {
  const rows = (members?.length ?? 0) + (applications?.length ?? 0) + (roomDevices?.length ?? 0);
  return !group && !attributes && !message && !revokes && rows === 0 && events.length === 0;
}

/** A group that ends loses its counters and attributes at once; its other rows are left to `maintain` (GR4). */
function endWrites(groupID: string): Write[] {
  return [
    ['deleteCounters', [groupID]],
    ['forgetDeletedCounters', [groupID]],
    ['deleteAttributes', [groupID]],
    ['noteEnded', [groupID]],
  ];
}

function rowWrites(groupID: string, generation: number, changes: GroupChanges): Write[] {
  const writes: Write[] = [];
  for (const [userID, member] of changes.members ?? []) {
    if (member) writes.push(['putMember', memberParameters(groupID, generation, member)]);
    else writes.push(...leavingWrites(groupID, userID));
  }
  for (const [userID, application] of changes.applications ?? []) {
    if (application) writes.push(['putApplication', applicationParameters(groupID, generation, application)]);
    else writes.push(['deleteApplication', [groupID, userID]]);
  }
  for (const [device, room] of changes.roomDevices ?? []) {
    if (room) writes.push(['putRoomDevice', roomDeviceParameters(groupID, generation, room)]);
    else writes.push(['deleteRoomDevice', [groupID, device]]);
  }
  if (changes.attributes) writes.push(['putAttributes', attributesParameters(groupID, changes.attributes)]);
  if (changes.message) writes.push(...messageWrites(changes.message));
  return writes;
}

/** Who is a member no longer has nothing of the group's conversation left (CG15). */
function leavingWrites(groupID: string, userID: string): Write[] {
  const conversation = [userID, conversationOfGroup(groupID)];
  return [
    ['deleteMember', [groupID, userID]],
    ['deleteConversation', conversation],
    ['removeFromConversationGroups', conversation],
  ];
}
