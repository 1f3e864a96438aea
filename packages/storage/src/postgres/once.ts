import type { Refusal } from '@muster/domain';
import { appKey } from '../operations/batch.ts';
import { packWindow } from '../operations/packing.ts';
import { encodeReply, isRefused, keep, type Records, recall } from '../operations/recall.ts';
import type { NumberedEvent, Operation, Outcome } from '../port.ts';
import { appParameters } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import { pruneAppsOf } from './counter-commit.ts';
import { appNames, devicesOf, loadApps, windowsOf } from './counter-state.ts';
import type { Connection } from './database.ts';
import { LOCK_DEVICES, LOCK_NAMES } from './own-statements.ts';

/** What was decided, not yet written. */
export type Decided<Reply> = { ok: true; reply: Reply; events: NumberedEvent[]; writes: Write[] } | Refusal;

/** A write that is not combined, under its operation. */
export interface OnceRequest {
  operation?: Operation;
  now: number;
}

/**
 * Runs a write under its operation, within the caller's transaction: a repeat gets its recorded reply, anything
 * else is decided, and its record is written with it. The order of locks is the same everywhere: names, groups,
 * devices, users. `lockScope` locks the group, `decide` what comes after the devices.
 */
export async function once<Reply>(
  connection: Connection,
  { operation, now }: OnceRequest,
  steps: { lockScope?(): Promise<void>; decide(): Promise<Decided<Reply>> },
): Promise<Outcome<Reply>> {
  const names = appNames([{ ...(operation && { operation }) }]);
  if (names.length > 0) await connection.run(LOCK_NAMES, [names]);
  await steps.lockScope?.();
  const records = await loadRecords(connection, { ...(operation && { operation }), now });
  const known = recall(operation, records);
  if (known && isRefused(known)) return known;
  if (known) {
    if (!known.isInWindow) await connection.write(recordWrites(operation, known.body, now, false, records));
    return { ok: true, reply: JSON.parse(known.body) as Reply, repeated: true, events: [] };
  }
  const decided = await steps.decide();
  if (!decided.ok) return decided;
  const body = operation ? encodeReply(decided.reply) : '';
  await connection.write([...decided.writes, ...recordWrites(operation, body, now, true, records)]);
  return { ok: true, reply: decided.reply, repeated: false, events: decided.events };
}

async function loadRecords(connection: Connection, request: OnceRequest): Promise<Records> {
  const { operation } = request;
  const devices = devicesOf([request]);
  const windows = windowsOf(devices.length === 0 ? [] : await connection.run(LOCK_DEVICES, [devices]));
  const apps = await loadApps(connection, [request]);
  const [answer] = operation?.device
    ? await connection.read('answer', [operation.device.device, operation.device.seq])
    : [];
  return {
    window: (device) => windows.get(device),
    app: (userID, operationID) => apps.get(appKey(userID, operationID)),
    body: () => answer?.body as string | undefined,
  };
}

function recordWrites(
  operation: Operation | undefined,
  body: string,
  now: number,
  isNew: boolean,
  records: Records,
): Write[] {
  const { app, device } = keep(operation, { body, now, isNew }, records.window);
  const writes: Write[] = [];
  if (app) writes.push(['putAppOperation', appParameters(app)], pruneAppsOf(app.userID));
  if (!device) return writes;
  const { window, record, dropped } = device;
  writes.push(['setWindow', [window.floor, packWindow(window), device.device]]);
  writes.push(['putAnswer', [device.device, record.answered.seq, body]]);
  for (const seq of dropped) writes.push(['deleteAnswer', [device.device, seq]]);
  return writes;
}
