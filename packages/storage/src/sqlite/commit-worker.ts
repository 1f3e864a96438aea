/**
 * The committing thread: the only connection that writes. It runs each list of statements in one transaction and
 * answers when that is on disk, so that the main thread never waits for a disk.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { questionMarks } from '../sql/dialect.ts';
import { type Parameter, WRITES, type Write, type WriteName } from '../sql/statements.ts';
import type { CommitAnswer, CommitTask, CommitterOptions } from './commit-messages.ts';

type Run = (parameters: readonly Parameter[]) => void;

const JOURNAL_BYTES_KEPT = 64 * 1024 * 1024;
const CACHE_KIB = 32 * 1024;

const port = parentPort;
if (!port) throw new Error('This file is the start of a worker thread.');
const database = open(workerData as CommitterOptions);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
const statements = new Map<WriteName, Run>();

port.on('message', (message: CommitTask) => answer(message));
port.postMessage({ id: 0 } satisfies CommitAnswer);

function open({ file, isDurable, pages_max }: CommitterOptions): Database.Database {
  const opened = new Database(file, { fileMustExist: true });
  opened.pragma('journal_mode = WAL');
  opened.pragma(`synchronous = ${isDurable ? 'FULL' : 'OFF'}`);
  opened.pragma(`journal_size_limit = ${JOURNAL_BYTES_KEPT}`);
  opened.pragma(`cache_size = -${CACHE_KIB}`);
  if (pages_max > 0) opened.pragma(`max_page_count = ${pages_max}`);
  return opened;
}

function answer(message: CommitTask): void {
  try {
    if (message.task === 'commit') write(message.writes);
    if (message.task === 'check') write([]);
    if (message.task === 'close') close();
    port?.postMessage({ id: message.id } satisfies CommitAnswer);
  } catch (error) {
    const { message: text, code = '' } = error as Error & { code?: string };
    port?.postMessage({ id: message.id, error: { message: text, code } } satisfies CommitAnswer);
  }
}

/** All of the writes or none: what fails is rolled back, so that the main thread's caches stay true. */
function write(writes: readonly Write[]): void {
  begin.run();
  try {
    for (const [name, parameters] of writes) (statements.get(name) ?? prepare(name))(parameters);
    commit.run();
  } catch (error) {
    if (database.inTransaction) rollback.run();
    throw error;
  }
}

function prepare(name: WriteName): Run {
  const { text, order } = questionMarks(WRITES[name]);
  const statement = database.prepare(text);
  const isInOrder = order.every((parameter, index) => parameter === index);
  const run: Run = isInOrder
    ? (parameters) => void statement.run(...parameters.map(bound))
    : (parameters) => void statement.run(...order.map((index) => bound(parameters[index] ?? null)));
  statements.set(name, run);
  return run;
}

/** Bytes arrive from the other thread as a Uint8Array; the driver takes a Buffer. */
function bound(parameter: Parameter): Parameter {
  if (!(parameter instanceof Uint8Array)) return parameter;
  return Buffer.from(parameter.buffer, parameter.byteOffset, parameter.byteLength);
}

/** Leaves everything in the database file itself, so that it can be copied alone. */
function close(): void {
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
