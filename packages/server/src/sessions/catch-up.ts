/**
 * Brings a device that was away up to date (DL4, GC14): from the log where it still tells everything, else by what
 * replaces the device's picture. Everything is queued before the answer of the login.
 */
import {
  type CounterEntry,
  type GroupView,
  groupScope,
  type LoginInput,
  limit,
  type Position,
  type Scope,
  toWire,
  userScope,
} from '@muster/protocol';
import type { CounterSet, NumberedEvent } from '@muster/storage';
import type { App } from '../app.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { Mirror } from './mirror.ts';

const COUNT = limit('logRing_perScope_events');

interface Away {
  mirror: Mirror;
  input: LoginInput;
  outbox: Outbox;
}

/** Queues what the device missed. True when its user log could not tell, so that it needs a whole snapshot. */
export async function catchUp(app: App, away: Away): Promise<boolean> {
  const positions = new Map((away.input.positions ?? []).map(({ scope, position }) => [scope, position]));
  const needsSnapshot = !(await catchUpUser(app, away, positions));
  if (!needsSnapshot) await catchUpGroups(app, away, positions);
  await catchUpCounters(app, away);
  return needsSnapshot;
}

async function catchUpUser(app: App, away: Away, positions: Map<string, Position>): Promise<boolean> {
  const scope = userScope(away.mirror.user.userID);
  const position = positions.get(scope);
  if (!position) return false;
  const [read] = await app.storage.log.read([{ scope, position }], COUNT);
  if (!read?.events || read.seq > position.seq + read.events.length) return false;
  pushLog(away.outbox, scope, position.seq, read.events);
  return true;
}

async function catchUpGroups(app: App, away: Away, positions: Map<string, Position>): Promise<void> {
  const { mirror, outbox } = away;
  const views = [...mirror.groups, ...mirror.rooms];
  const behind = views.filter(
    (view) => !isCurrent(app, view, positions.get(groupScope(view.profile.groupID))),
  );
  const reads = await app.storage.log.read(
    behind.map(({ profile }) => {
      const scope = groupScope(profile.groupID);
      return { scope, position: positions.get(scope) ?? { epoch: '', seq: 0 } };
    }),
    COUNT,
  );
  for (const [index, view] of behind.entries()) {
    const { groupID } = view.profile;
    const position = positions.get(groupScope(groupID));
    const read = reads[index];
    if (position && read?.events && read.seq <= position.seq + read.events.length) {
      pushLog(outbox, groupScope(groupID), position.seq, read.events);
    } else outbox.push({ event: 'groupSnapshot', groupID, group: view });
  }
  pushEnded(outbox, views, positions);
}

function isCurrent(app: App, view: GroupView, position: Position | undefined): boolean {
  return position?.epoch === app.storage.epoch && position.seq === view.seq;
}

/** Groups the device still knows and its user is in no longer: quit elsewhere, removed, dismissed. */
function pushEnded(outbox: Outbox, views: readonly GroupView[], positions: Map<string, Position>): void {
  const present = new Set(views.map(({ profile }) => groupScope(profile.groupID) as string));
  for (const scope of positions.keys()) {
    if (!scope.startsWith('group:') || present.has(scope)) continue;
    outbox.push({ event: 'groupSnapshot', groupID: scope.slice('group:'.length), group: null });
  }
}

function pushLog(outbox: Outbox, scope: Scope, after: number, events: readonly NumberedEvent[]): void {
  if (events.length === 0) return;
  outbox.push({ event: 'log', scope, seq: after + 1, events: events.map(({ event }) => event) });
}

/** The whole set of every group that the device has heard of and whose version is another than it knows. */
async function catchUpCounters(app: App, { mirror, input, outbox }: Away): Promise<void> {
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
