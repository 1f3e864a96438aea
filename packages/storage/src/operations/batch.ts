/**
 * The pure heart of a counter commit: requests, one after another, over the state that the caller loaded.
 *
 * Each request sees what the accepted ones before it did, in the counters as in the windows of operations. The
 * result says what to write, folded to one row per counter and group, and what the caller's caches hold once it
 * is durable; nothing that the caller passed in is changed, so that a failed commit is simply forgotten.
 */
import type { Acceptance, CounterChanges, Refusal } from '@muster/domain';
import type { Role } from '@muster/protocol';
import type { CounterOutcome, CounterReply, CounterRequest } from '../port.ts';
import { isRemembered } from './app-operations.ts';
import { decodeCounterReply, encodeCounterReply } from './counter-replies.ts';
import {
  applyChanges,
  beginGroup,
  fold,
  type GroupCounters,
  type GroupResult,
  type RunningGroup,
} from './group-fold.ts';
import type { OperationRecord } from './packing.ts';
import {
  type Answered,
  CONTENT_DIFFERS,
  type DeviceWindow,
  droppedBodies,
  isRefusal,
  judge,
  withAnswer,
} from './window.ts';

/** An app's own operation id with its answer. */
export interface AppRecord {
  userID: string;
  operationID: string;
  at: number;
  hash: number;
  body: string;
}

/** What the caller has loaded before the batch runs. */
export interface BatchSource {
  group(groupID: string): GroupCounters;
  /** Undefined when the user is no member; of an AVChatRoom a present user is 'Member'. */
  role(groupID: string, userID: string): Role | undefined;
  window(device: number): DeviceWindow | undefined;
  /** The record of an app's operation id; one that is too old counts as none. */
  app(userID: string, operationID: string): AppRecord | undefined;
}

export interface BatchResult {
  /** One for each request, in order. One that waits for a long answer holds a refusal until `fillLookups`. */
  outcomes: CounterOutcome[];
  /** Repeats whose answers stand in operation_answers. */
  lookups: { index: number; device: number; seq: number }[];
  /** The groups that take a new version. */
  groups: Map<string, GroupResult>;
  /** The new windows of the devices whose operations are recorded. */
  windows: Map<number, DeviceWindow>;
  records: OperationRecord[];
  /** Long answers to keep, and those that are confirmed. */
  bodies: { device: number; seq: number; body: string }[];
  droppedBodies: { device: number; seq: number }[];
  apps: AppRecord[];
}

const NO_CHANGES: CounterChanges = { set: [], deleted: [] };

/** Runs the requests over what `source` gives. */
export function runBatch(requests: readonly CounterRequest[], source: BatchSource): BatchResult {
  return new Batch(source).run(requests);
}

/** Whether a batch has anything to commit. */
export function hasWrites(result: BatchResult): boolean {
  return result.groups.size > 0 || result.records.length > 0 || result.apps.length > 0;
}

/** Gives the repeats their long answers. One whose answer is gone was confirmed in the meantime. */
export function fillLookups(
  result: BatchResult,
  body: (device: number, seq: number) => string | undefined,
): void {
  for (const { index, device, seq } of result.lookups) {
    const text = body(device, seq);
    if (text !== undefined) result.outcomes[index] = repeated(decodeCounterReply(text));
  }
}

/** The key under which an app's operation is found in a map: a userID holds no control character. */
export const appKey = (userID: string, operationID: string): string => `${userID}\u0000${operationID}`;

function repeated(reply: CounterReply): CounterOutcome {
  return { ok: true, reply, repeated: true, changes: NO_CHANGES };
}

class Batch {
  private readonly source: BatchSource;
  private readonly groups = new Map<string, RunningGroup>();
  private readonly apps = new Map<string, AppRecord>();
  private readonly bodies = new Map<string, string>();
  private readonly result: BatchResult = {
    outcomes: [],
    lookups: [],
    groups: new Map(),
    windows: new Map(),
    records: [],
    bodies: [],
    droppedBodies: [],
    apps: [],
  };

  constructor(source: BatchSource) {
    this.source = source;
  }

  run(requests: readonly CounterRequest[]): BatchResult {
    for (const request of requests) this.result.outcomes.push(this.one(request));
    for (const [groupID, group] of this.groups) {
      if (group.version !== group.before.version) this.result.groups.set(groupID, fold(group));
    }
    return this.result;
  }

  private one(request: CounterRequest): CounterOutcome {
    const { operation } = request;
    const window = operation?.device && this.window(operation.device.device);
    if (operation?.device) {
      const verdict = judge(window, operation.device, operation.hash);
      if (verdict) return isRefusal(verdict) ? verdict : this.recorded(request, verdict);
    }
    if (operation?.app) {
      const outcome = this.recordedByApp(request, operation.app, window);
      if (outcome) return outcome;
    }
    const group = this.group(request.groupID);
    const { userID, isAdministrator } = request;
    const role = this.source.role(request.groupID, userID);
    const decision = request.decide({
      group: group.before.group,
      actor: { userID, isAdministrator, role },
      counters: group.counters,
      version: group.version,
    });
    if (!decision.ok) return decision;
    return this.accept(request, group, decision, window);
  }

  private accept(
    request: CounterRequest,
    group: RunningGroup,
    { changes, reply }: Acceptance<CounterChanges, CounterReply>,
    window: DeviceWindow | undefined,
  ): CounterOutcome {
    if (changes.set.length > 0 || changes.deleted.length > 0) applyChanges(group, changes);
    const app = request.operation?.app;
    if (app) this.recordApp(request, app, reply);
    this.record(request, reply, window);
    return { ok: true, reply, repeated: false, changes };
  }

  /** The outcome of an operation that its device's window knows. */
  private recorded(request: CounterRequest, answered: Answered): CounterOutcome {
    const { value, version } = answered;
    if (answered.kind === 'counter') {
      if (request.key === undefined) return CONTENT_DIFFERS;
      return repeated({ counters: [{ key: request.key, value }], version });
    }
    const device = request.operation?.device?.device as number;
    const body = this.bodies.get(`${device}:${answered.seq}`);
    if (body !== undefined) return repeated(decodeCounterReply(body));
    this.result.lookups.push({ index: this.result.outcomes.length, device, seq: answered.seq });
    return GONE;
  }

  /** The outcome of an operation that is known by the app's own id: the device's window learns it too. */
  private recordedByApp(
    request: CounterRequest,
    { userID, operationID }: { userID: string; operationID: string },
    window: DeviceWindow | undefined,
  ): CounterOutcome | undefined {
    const app = this.apps.get(appKey(userID, operationID)) ?? this.source.app(userID, operationID);
    if (!app || !isRemembered(app, request.now)) return undefined;
    if (app.hash !== request.operation?.hash) return CONTENT_DIFFERS;
    const reply = decodeCounterReply(app.body);
    this.record(request, reply, window);
    return repeated(reply);
  }

  private recordApp(
    { operation, now }: CounterRequest,
    { userID, operationID }: { userID: string; operationID: string },
    reply: CounterReply,
  ): void {
    const hash = operation?.hash ?? 0;
    const app = { userID, operationID, at: now, hash, body: encodeCounterReply(reply) };
    this.apps.set(appKey(userID, operationID), app);
    this.result.apps.push(app);
  }

  /** Puts an answer in its device's window: in the window itself when it is one counter, else beside it. */
  private record(
    { operation, key }: CounterRequest,
    reply: CounterReply,
    before: DeviceWindow | undefined,
  ): void {
    if (!operation?.device || !before) return;
    const { device, seq, low } = operation.device;
    const answered = shortAnswer(seq, operation.hash, key, reply);
    const after = withAnswer(before, low, answered);
    this.result.windows.set(device, after);
    this.result.records.push({ device, floor: after.floor, answered });
    if (answered.kind === 'body') this.recordBody(device, seq, reply);
    for (const dropped of droppedBodies(before, after))
      this.result.droppedBodies.push({ device, seq: dropped });
  }

  private recordBody(device: number, seq: number, reply: CounterReply): void {
    const body = encodeCounterReply(reply);
    this.bodies.set(`${device}:${seq}`, body);
    this.result.bodies.push({ device, seq, body });
  }

  private window(device: number): DeviceWindow | undefined {
    return this.result.windows.get(device) ?? this.source.window(device);
  }

  private group(groupID: string): RunningGroup {
    const known = this.groups.get(groupID);
    if (known) return known;
    const group = beginGroup(this.source.group(groupID));
    this.groups.set(groupID, group);
    return group;
  }
}

const GONE: Refusal = { ok: false, error: 'OPERATION_CONFIRMED' };

function shortAnswer(seq: number, hash: number, key: string | undefined, reply: CounterReply): Answered {
  const [counter] = reply.counters;
  const isShort =
    counter !== undefined && counter.key === key && reply.counters.length === 1 && !reply.keyList;
  if (!isShort) return { seq, hash, kind: 'body', value: 0, version: 0 };
  return { seq, hash, kind: 'counter', value: counter.value, version: reply.version };
}
