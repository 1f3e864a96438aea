import type { Acceptance, Decision, UserRecord } from '@muster/domain';
import { LIMITS, type Scope, userScope } from '@muster/protocol';
import { isRemembered } from '../operations/app-operations.ts';
import { type AppRecord, appKey } from '../operations/batch.ts';
import type { OperationRecord } from '../operations/packing.ts';
import { encodeReply, isRefused, keep, recall } from '../operations/recall.ts';
import type { DeviceWindow } from '../operations/window.ts';
import type { NumberedEvent, Operation, Outcome } from '../port.ts';
import { appKeyParameters, appParameters, appRecordOf, integer, userOf } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import type { GroupCache } from './group-cache.ts';
import { PendingConversations } from './pending-conversations.ts';
import { PendingGroups } from './pending-groups.ts';
import type { Reader } from './reader.ts';
import type { Windows } from './windows.ts';

/** What is in memory of the database, true as of the last commit. */
export interface Caches {
  reader: Reader;
  windows: Windows;
  groups: GroupCache;
}

interface PendingUser {
  record: UserRecord | undefined;
  seq: number;
}

/**
 * A transaction of cold writes while it is put together: several that waited share one commit, and each sees what
 * those before it did, in here, before any of it is written.
 */
export class Pending {
  readonly caches: Caches;
  readonly writes: Write[] = [];
  readonly groups: PendingGroups;
  readonly conversations: PendingConversations;
  private readonly users = new Map<string, PendingUser>();
  private readonly windows = new Map<number, DeviceWindow | null>();
  private readonly sinces = new Map<number, number>();
  private readonly records: OperationRecord[] = [];
  private readonly bodies = new Map<string, string>();
  private readonly apps = new Map<string, AppRecord>();
  private readonly effects: (() => void)[] = [];
  private now = 0;

  constructor(caches: Caches) {
    this.caches = caches;
    this.groups = new PendingGroups(caches.reader);
    const user = (userID: string) => this.user(userID).record;
    this.conversations = new PendingConversations(caches.reader, this.groups, user);
  }

  /** What is done to the caches once the transaction is durable. */
  afterwards(effect: () => void): void {
    this.effects.push(effect);
  }

  user(userID: string): PendingUser {
    const known = this.users.get(userID);
    if (known) return known;
    const row = this.caches.reader.first('user', [userID]);
    const user = { record: row && userOf(row), seq: row ? integer(row.seq) : 0 };
    this.users.set(userID, user);
    return user;
  }

  putUser(userID: string, record: UserRecord | undefined, seq: number): void {
    this.users.set(userID, { record: record && { ...record, seq }, seq });
  }

  /** The last numbers of users' logs. */
  seqs(userIDs: readonly string[]): Map<Scope, number> {
    return new Map(userIDs.map((userID) => [userScope(userID), this.user(userID).seq]));
  }

  /** Takes over what numbering events has made of `seqs`. */
  raise(userIDs: readonly string[], seqs: ReadonlyMap<Scope, number>): void {
    for (const userID of userIDs)
      this.putUser(userID, this.user(userID).record, seqs.get(userScope(userID)) ?? 0);
  }

  window(device: number): DeviceWindow | undefined {
    const known = this.windows.get(device);
    return known === undefined ? this.caches.windows.get(device) : (known ?? undefined);
  }

  /** `null` forgets the device. */
  putWindow(device: number, window: DeviceWindow | null): void {
    this.windows.set(device, window);
  }

  /** When a known device logged in first. */
  since(device: number): number {
    return this.sinces.get(device) ?? integer(this.caches.reader.first('device', [device])?.since);
  }

  putSince(device: number, since: number): void {
    this.sinces.set(device, since);
  }

  devicesOf(userID: string): number[] {
    const devices = new Set(
      this.caches.reader.all('devicesOfUser', [userID]).map((row) => integer(row.device_no)),
    );
    for (const [device, window] of this.windows) {
      if (window?.userID === userID) devices.add(device);
      else devices.delete(device);
    }
    return [...devices];
  }

  /** Runs a write under its operation. `apply` must not throw: by then the write counts. */
  once<Changes, Reply>(
    { operation, now }: { operation?: Operation; now: number },
    decide: () => Decision<Changes, Reply>,
    apply: (decision: Acceptance<Changes, Reply>) => NumberedEvent[],
  ): Outcome<Reply> {
    this.now = Math.max(this.now, now);
    const known = recall(operation, {
      window: (device) => this.window(device),
      app: (userID, operationID) => this.app(userID, operationID, now),
      body: (device, seq) => this.body(device, seq),
    });
    if (known && isRefused(known)) return known;
    if (known) {
      if (!known.isInWindow) this.keep(operation, { body: known.body, now, isNew: false });
      return { ok: true, reply: JSON.parse(known.body) as Reply, repeated: true, events: [] };
    }
    const decision = decide();
    if (!decision.ok) return decision;
    const body = encodeReply(decision.reply);
    const events = apply(decision);
    this.keep(operation, { body, now, isNew: true });
    return { ok: true, reply: decision.reply, repeated: false, events };
  }

  /** Ends the list of writes. */
  finish(): readonly Write[] {
    if (this.records.length > 0) this.writes.push(this.caches.windows.journalWrite(this.records, this.now));
    return this.writes;
  }

  /** The transaction is durable: brings the caches up to date. */
  settle(): void {
    const { windows } = this.caches;
    const recorded = new Set(this.records.map(({ device }) => device));
    const changed: [number, DeviceWindow][] = [];
    for (const [device, window] of this.windows) {
      if (window === null) windows.forget(device);
      else if (recorded.has(device)) changed.push([device, window]);
      else windows.put(device, window);
    }
    if (this.records.length > 0) windows.recorded(changed, this.records.length);
    for (const effect of this.effects) effect();
  }

  private keep(
    operation: Operation | undefined,
    answer: { body: string; now: number; isNew: boolean },
  ): void {
    const { device: kept, app } = keep(operation, answer, (device) => this.window(device));
    if (app) this.keepApp(app);
    if (!kept) return;
    const { seq } = kept.record.answered;
    this.windows.set(kept.device, kept.window);
    this.records.push(kept.record);
    this.bodies.set(`${kept.device}:${seq}`, kept.body);
    this.writes.push(['putAnswer', [kept.device, seq, kept.body]]);
    for (const dropped of kept.dropped) this.writes.push(['deleteAnswer', [kept.device, dropped]]);
  }

  private keepApp(app: AppRecord): void {
    this.apps.set(appKey(app.userID, app.operationID), app);
    this.writes.push(['putAppOperation', appParameters(app)]);
    this.writes.push(['pruneAppOperationsOfUser', [app.userID, LIMITS.operationIDs_perUser_max.value]]);
  }

  private app(userID: string, operationID: string, now: number): AppRecord | undefined {
    const pending = this.apps.get(appKey(userID, operationID));
    if (pending) return pending;
    const row = this.caches.reader.first('appOperation', appKeyParameters(userID, operationID));
    const record = row && appRecordOf(row);
    return record && isRemembered(record, now) ? record : undefined;
  }

  private body(device: number, seq: number): string | undefined {
    const pending = this.bodies.get(`${device}:${seq}`);
    if (pending !== undefined) return pending;
    return this.caches.reader.first('answer', [device, seq])?.body as string | undefined;
  }
}
