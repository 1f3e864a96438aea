/** Why a server could not start, in words that say what to do. No password ever stands in them (SE4). */
import type { Config } from '../config.ts';

interface Cause {
  code?: string;
  syscall?: string;
  hostname?: string;
  message?: string;
  cause?: unknown;
}

type Words = (place: string) => string;

const ANOTHER_PORT = 'stop what listens there, or set MUSTER_PORT (0 takes any free one)';

const LISTENING: Record<string, Words> = {
  EADDRINUSE: (address) => `${address} is taken: ${ANOTHER_PORT}.`,
  EACCES: (address) => `${address} may not be listened on: set MUSTER_PORT to 1024 or more.`,
  EADDRNOTAVAIL: (address) => `${address} is no address of this machine: set MUSTER_HOST to one that is.`,
  ENOTFOUND: (address) =>
    `${address} is no address that can be found: set MUSTER_HOST to one of this machine.`,
};

const WRITABLE = 'set MUSTER_STORAGE=sqlite:<file> to a place that this user may write to';

const SQLITE: Record<string, Words> = {
  EACCES: (file) => `${file} may not be written: ${WRITABLE}.`,
  EPERM: (file) => `${file} may not be written: ${WRITABLE}.`,
  EROFS: (file) => `${file} lies on a disk that may only be read: ${WRITABLE}.`,
  EEXIST: (file) => `${file} cannot be made, because a part of its path is a file: ${WRITABLE}.`,
  ENOTDIR: (file) => `${file} cannot be made, because a part of its path is a file: ${WRITABLE}.`,
  SQLITE_CANTOPEN: (file) => `${file} cannot be opened: ${WRITABLE}.`,
  SQLITE_READONLY: (file) => `${file} may only be read: ${WRITABLE}.`,
  SQLITE_NOTADB: (file) =>
    `${file} is no SQLite database: move it away, or set MUSTER_STORAGE to another file.`,
  SQLITE_CORRUPT: (file) => `${file} is damaged: put a backup in its place.`,
  SQLITE_FULL: (file) => `${file} cannot grow: its disk is full.`,
  SQLITE_BUSY: (file) =>
    `${file} is in use by another process: stop it, or set MUSTER_STORAGE to another file.`,
};

const POSTGRES: Record<string, Words> = {
  ECONNREFUSED: (url) => `nothing answers at ${url}: start PostgreSQL there, or correct MUSTER_STORAGE.`,
  ENOTFOUND: (url) => `the host of ${url} cannot be found: correct MUSTER_STORAGE.`,
  EAI_AGAIN: (url) => `the host of ${url} cannot be found just now: is the network there?`,
  ETIMEDOUT: (url) => `${url} does not answer: is it reachable from here?`,
  ECONNRESET: (url) =>
    `${url} ended the connection: is it PostgreSQL, and does it want TLS (?sslmode=require)?`,
  '28000': (url) => `${url} admits no such user from here: correct MUSTER_STORAGE, or its pg_hba.conf.`,
  '28P01': (url) => `${url} refuses the password: correct the one in MUSTER_STORAGE.`,
  '3D000': (url) => `${url} does not exist: make it with \`createdb\`, or correct MUSTER_STORAGE.`,
  '42501': (url) => `the user of ${url} may not make tables there: grant him CREATE on its schema.`,
  '53300': (url) => `${url} has no connection left: raise its max_connections.`,
  '57P03': (url) => `${url} is starting or stopping: try again in a moment.`,
};

export function startFault(thrown: unknown, config: Config): string {
  const { storage } = config;
  const causes = chainOf(thrown);
  for (const cause of causes) {
    const words = wordsOfCode(cause, config);
    if (words) return words;
  }
  const { message, code } = causes[0] ?? {};
  const place = storage.startsWith('sqlite:') ? fileOf(storage) : withoutPassword(storage);
  return `${place}: ${message || code || 'it failed without saying why'}`;
}

/** Engines put words of their own around what happened; its code stands further in. */
function chainOf(thrown: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let cause = thrown; typeof cause === 'object' && cause !== null; cause = (cause as Cause).cause) {
    chain.push(cause);
  }
  return chain;
}

function wordsOfCode({ code = '', syscall, hostname }: Cause, config: Config): string | undefined {
  const { host, port, storage } = config;
  if (syscall === 'listen' || hostname === host) return LISTENING[code]?.(`${host}:${port}`);
  if (!storage.startsWith('sqlite:')) return POSTGRES[code]?.(withoutPassword(storage));
  // An extended code, such as SQLITE_READONLY_DIRECTORY, begins with its plain one.
  const plain = Object.keys(SQLITE).find((each) => code === each || code.startsWith(`${each}_`)) ?? '';
  return SQLITE[plain]?.(fileOf(storage));
}

function fileOf(storage: string): string {
  return storage.slice('sqlite:'.length);
}

/** The address of a storage as it may be shown. */
export function withoutPassword(storage: string): string {
  if (storage.startsWith('sqlite:')) return storage;
  try {
    const url = new URL(storage);
    return `${url.protocol}//${url.username && `${url.username}@`}${url.host}${url.pathname}`;
  } catch {
    // Whatever it is, a password may stand in it.
    return 'the address in MUSTER_STORAGE';
  }
}
