/**
 * Brings a device that was away up to date (DL4, GC14): from the log where it still tells everything in few bytes, else
 * by what replaces the device's picture. Everything is queued before the answer of the login.
 */
import { conversationViewOf, viewOf } from '@muster/domain';
import {
  type CounterEntry,
  conversationOfGroup,
  type GroupView,
  groupScope,
  type LoggedEvent,
  type LoginInput,
  limit,
  type Position,
  type Scope,
  toWire,
  type UserSnapshot,
  userScope,
} from '@muster/protocol';
import type { CounterSet, LogRead, NumberedEvent } from '@muster/storage';
import type { App } from '../app.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { type Mirror, readMirror, readWholeMirror } from './mirror.ts';

const COUNT = limit('logRing_perScope_events');
const USER_BYTES_MAX = limit('catchUpLog_bytes_max');
const GROUP_BYTES_MAX = limit('catchUpLog_perGroup_bytes_max');
const GROUPS_BYTES_MAX = limit('catchUpLog_allGroups_bytes_max');
/** Events may be large: so many logs at most are in memory at once. */
const LOGS_AT_ONCE = 16;

interface Returning {
  userID: string;
  device: number;
  input: LoginInput;
  outbox: Outbox;
}

interface Away extends Returning {
  mirror: Mirror;
  positions: ReadonlyMap<string, Position>;
  /** How much of the logs of groups may still be sent. */
  bytesLeft: number;
}

/** Queues what the device missed. A device whose user's log cannot tell is given the whole. */
export async function catchUp(
  app: App,
  returning: Returning,
): Promise<{ mirror: Mirror; snapshot: UserSnapshot | null }> {
  const { userID, device, input } = returning;
  const positions = new Map((input.positions ?? []).map(({ scope, position }) => [scope, position]));
  if (positions.has(userScope(userID))) {
    const mirror = await readMirror(app, userID, device);
    const away = { ...returning, mirror, positions, bytesLeft: GROUPS_BYTES_MAX };
    const told = await catchUpUser(app, away);
    if (told) {
      await catchUpGroups(app, away);
      pushEnded(away, told);
      await catchUpCounters(app, away);
      return { mirror, snapshot: null };
    }
  }
  const mirror = await readWholeMirror(app, userID, device);
  await catchUpCounters(app, { ...returning, mirror });
  return { mirror, snapshot: mirror.snapshot };
}

async function catchUpUser(
  app: App,
  { userID, outbox, positions, mirror }: Away,
): Promise<readonly NumberedEvent[] | undefined> {
  const scope = userScope(userID);
  const position = positions.get(scope);
  if (!position) return undefined;
  const [read] = await app.storage.log.read([{ scope, position }], COUNT);
  const told = toldBy(read, { after: position.seq, through: mirror.user.seq }, USER_BYTES_MAX);
  if (told) pushLog(outbox, scope, position.seq, told.events);
  return told?.events;
}

async function catchUpGroups(app: App, away: Away): Promise<void> {
  const { mirror, positions } = away;
  const views = [...mirror.groups, ...mirror.rooms];
  const behind = views.filter((view) => !isCurrent(app, view, positions.get(scopeOf(view))));
  for (let from = 0; from < behind.length; from += LOGS_AT_ONCE)
    await catchUpSome(app, away, behind.slice(from, from + LOGS_AT_ONCE));
}

/** Tells some groups by their logs, and replaces those that these do not tell. */
async function catchUpSome(app: App, away: Away, views: readonly GroupView[]): Promise<void> {
  const places = views.map((view) => {
    const scope = scopeOf(view);
    return { scope, position: away.positions.get(scope) ?? { epoch: '', seq: 0 } };
  });
  const reads = await app.storage.log.read(places, COUNT);
  const untold = new Set<GroupView>();
  for (const [index, view] of views.entries()) {
    const { scope, position } = places[index] as (typeof places)[number];
    const bytesMax = Math.min(GROUP_BYTES_MAX, away.bytesLeft);
    const told = toldBy(reads[index], { after: position.seq, through: view.seq }, bytesMax);
    if (!told || told.events.some(({ event }) => beginsMembership(event, away.userID))) {
      untold.add(view);
      continue;
    }
    away.bytesLeft -= told.bytes;
    pushLog(away.outbox, scope, position.seq, told.events);
  }
  if (untold.size > 0) await replaceGroups(app, away, untold);
}

/** Whether it is the user's group only since this event: what was said before is not for him (GR1). */
function beginsMembership(event: LoggedEvent, userID: string): boolean {
  if (event.name === 'groupDismissed') return true;
  return event.name === 'groupMembersUpdated' && event.joined.includes(userID);
}

/** What is sent of a group and of its conversation is of one moment; so the group is read again with it. */
async function replaceGroups(
  app: App,
  { userID, outbox, mirror }: Away,
  untold: ReadonlySet<GroupView>,
): Promise<void> {
  for (const group of mirror.rooms) {
    const { groupID } = group.profile;
    if (untold.has(group)) outbox.push({ event: 'groupSnapshot', groupID, group, conversation: null });
  }
  const groupIDs = mirror.groups.filter((view) => untold.has(view)).map(({ profile }) => profile.groupID);
  const rows = await app.storage.conversations.read(userID, groupIDs.map(conversationOfGroup));
  mirror.groups = mirror.groups.filter((view) => !untold.has(view));
  for (const [index, row] of rows.entries()) {
    const groupID = groupIDs[index] as string;
    const { group, member } = row;
    const view = group && member ? viewOf(group, member) : null;
    if (view) mirror.groups.push(view);
    const conversation = view ? conversationViewOf(row) : null;
    outbox.push({ event: 'groupSnapshot', groupID, group: view, conversation });
  }
}

function scopeOf({ profile }: GroupView): Scope {
  return groupScope(profile.groupID);
}

function isCurrent(app: App, view: GroupView, position: Position | undefined): boolean {
  return position?.epoch === app.storage.epoch && position.seq === view.seq;
}

/**
 * All events between the two numbers, when the log has them and they are few enough to be cheaper than the state. What
 * came after the state was read is told when the device listens.
 */
function toldBy(
  read: LogRead | undefined,
  { after, through }: { after: number; through: number },
  bytesMax: number,
): { events: readonly NumberedEvent[]; bytes: number } | undefined {
  if (!read?.events || through > after + read.events.length) return undefined;
  const events = read.events.slice(0, Math.max(0, through - after));
  let bytes = 0;
  for (const { event } of events) {
    bytes += JSON.stringify(event).length;
    if (bytes > bytesMax) return undefined;
  }
  return { events, bytes };
}

/**
 * Groups the device still knows and its user is in no longer: quit elsewhere, removed, dismissed. It knows those it
 * names, and those that its user's log has just told it of: that a group has ended stands in the group's log alone.
 */
function pushEnded({ outbox, mirror, positions }: Away, told: readonly NumberedEvent[]): void {
  const present = new Set<string>([...mirror.groups, ...mirror.rooms].map(scopeOf));
  const joined = told.flatMap(({ event }) =>
    event.name === 'groupJoined' ? [groupScope(event.group.profile.groupID)] : [],
  );
  for (const scope of new Set([...positions.keys(), ...joined])) {
    if (!scope.startsWith('group:') || present.has(scope)) continue;
    const groupID = scope.slice('group:'.length);
    outbox.push({ event: 'groupSnapshot', groupID, group: null, conversation: null });
  }
}

function pushLog(outbox: Outbox, scope: Scope, after: number, events: readonly NumberedEvent[]): void {
  if (events.length === 0) return;
  outbox.push({ event: 'log', scope, seq: after + 1, events: events.map(({ event }) => event) });
}

/** The whole set of every group that the device has heard of and whose version is another than it knows. */
async function catchUpCounters(
  app: App,
  { mirror, input, outbox }: Pick<Away, 'mirror' | 'input' | 'outbox'>,
): Promise<void> {
  const { userID } = mirror.user;
  const views = new Map([...mirror.groups, ...mirror.rooms].map((view) => [view.profile.groupID, view]));
  for (const { groupID, version } of input.counters ?? []) {
    const view = views.get(groupID);
    const isSame = sameEpoch(app, input);
    if (!view || (view.countersVersion === version && isSame)) continue;
    const set = await app.storage.groupCounters.read(groupID, userID, false);
    const anew = isSame && version <= set.version ? {} : { anew: true as const };
    outbox.push({ event: 'groupCounters', groupID, since: version, ...wireSet(set), whole: true, ...anew });
    view.countersVersion = set.version;
  }
}

function sameEpoch(app: App, input: LoginInput): boolean {
  return (input.positions ?? []).every(({ position }) => position.epoch === app.storage.epoch);
}

/** A set of counters as frames and answers carry it. */
export function wireSet(set: CounterSet): {
  version: number;
  counters: CounterEntry[];
  deleted: { key: string; version: number }[];
} {
  return {
    version: set.version,
    counters: [...set.counters].map(([key, { value, version }]) => ({ key, value: toWire(value), version })),
    deleted: [...set.deleted].map(([key, version]) => ({ key, version })),
  };
}
