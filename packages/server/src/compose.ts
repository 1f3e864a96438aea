/** Puts a server together. The only file that names an engine. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CombinedStorage,
  combine,
  type Engine,
  openPostgres,
  openSqlite,
  type Storage,
} from '@muster/storage';
import type { Logger } from 'pino';
import type { App, AppSettings } from './app.ts';
import { Delivery } from './delivery/delivery.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { Admission } from './sessions/admission.ts';
import { PassingAnswers } from './sessions/passing-answers.ts';
import { RoomPresence } from './sessions/room-presence.ts';
import { SessionKeys } from './sessions/session-key.ts';
import { SessionRegistry } from './sessions/session-registry.ts';

/** Opens the storage that an address names, with operations combined into few commits. */
export async function openStorage(
  address: string,
  onCommit: (commit: { operations: number; milliseconds: number }) => void,
): Promise<CombinedStorage> {
  return combine(await openEngine(address), { onCommit });
}

async function openEngine(address: string): Promise<Engine> {
  if (!address.startsWith('sqlite:')) return openPostgres({ url: address });
  const file = address.slice('sqlite:'.length);
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  return openSqlite({ file });
}

export interface AppParts {
  storage: Storage;
  settings: AppSettings;
  log: Logger;
  metrics: Metrics;
  now: () => number;
}

/** The parts of a server, wired, before any door is open. */
export async function composeApp(parts: AppParts): Promise<App> {
  const { storage, settings, log, metrics, now } = parts;
  const sessions = new SessionRegistry(settings.devicesPerUserMax);
  const delivery = new Delivery({
    sessions,
    tickMs: settings.tickMs,
    now,
    observer: {
      eventsSent: (kind, events) => metrics.eventsSent.inc({ kind }, events),
      conflated: (changes) => metrics.conflated.inc(changes),
    },
  });
  const rooms = new RoomPresence();
  for (const { groupID, room } of await storage.groups.roomDevices('all')) {
    rooms.enter(groupID, room.device, room.userID, now());
  }
  const keys = new SessionKeys(settings.secretKey);
  return {
    settings,
    storage,
    delivery,
    sessions,
    rooms,
    passingAnswers: new PassingAnswers(),
    admission: new Admission(),
    keys,
    metrics,
    log,
    now,
    randomID,
  };
}

/** The metrics of a server that is about to be composed: what they read is looked up when somebody asks. */
export function metricsOf(read: {
  connections: () => number;
  app: () => App | undefined;
  waiting: () => number;
}): Metrics {
  return createMetrics({
    connections: read.connections,
    sessions: () => read.app()?.sessions.count ?? 0,
    operationsWaiting: read.waiting,
  });
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An unguessable id of letters and digits. */
function randomID(digits: number): string {
  return Array.from(randomBytes(digits), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
