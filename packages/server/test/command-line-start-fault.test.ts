import { expect, it } from 'vitest';
import { startFault, withoutPassword } from '../src/command-line/start-fault.ts';
import { toConfig } from '../src/config.ts';

const SQLITE = toConfig({ storage: 'sqlite:data/muster.db' });
const POSTGRES = toConfig({ storage: 'postgres://muster:hunter2@db.example:5432/chat?password=hunter2' });

const failed = (fields: object): Error => Object.assign(new Error('it failed'), fields);

it.each([
  [
    'EADDRINUSE',
    '127.0.0.1:8080 is taken: stop what listens there, or set MUSTER_PORT (0 takes any free one).',
  ],
  ['EACCES', '127.0.0.1:8080 may not be listened on: set MUSTER_PORT to 1024 or more.'],
  ['EADDRNOTAVAIL', '127.0.0.1:8080 is no address of this machine: set MUSTER_HOST to one that is.'],
  ['EELSE', 'data/muster.db: it failed'],
])('says why nothing listens: %s', (code, words) => {
  expect(startFault(failed({ code, syscall: 'listen' }), SQLITE)).toBe(words);
});

it.each([
  [{ code: 'EACCES', syscall: 'mkdir' }, 'may not be written'],
  [{ code: 'ENOTDIR', syscall: 'mkdir' }, 'a part of its path is a file'],
  [{ code: 'SQLITE_CANTOPEN' }, 'cannot be opened'],
  [{ code: 'SQLITE_READONLY_DIRECTORY' }, 'may only be read'],
  [{ code: 'SQLITE_NOTADB' }, 'is no SQLite database'],
  [{ code: 'SQLITE_BUSY' }, 'is in use by another process'],
  [{ code: 'SQLITE_IOERR' }, 'it failed'],
])('names the file of a database that does not open: %j', (fields, words) => {
  const said = startFault(failed(fields), SQLITE);
  expect(said).toMatch(/^data\/muster\.db/);
  expect(said).toContain(words);
});

it.each([
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'nothing answers at postgres://muster@db.example:5432/chat'],
  [{ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db.example' }, 'cannot be found'],
  [{ code: '28P01' }, 'refuses the password'],
  [{ code: '3D000' }, 'createdb'],
  [{ code: 'XX000' }, 'it failed'],
])('[SE4] names the PostgreSQL that does not answer, and no password: %j', (fields, words) => {
  const said = startFault(failed(fields), POSTGRES);
  expect(said).toContain(words);
  expect(said).toContain('postgres://muster@db.example:5432/chat');
  expect(said).not.toContain('hunter2');
});

it('looks through the words of an engine for what happened', () => {
  const refused = failed({ code: 'ECONNREFUSED' });
  expect(startFault(new Error('PostgreSQL cannot be reached', { cause: refused }), POSTGRES)).toBe(
    'nothing answers at postgres://muster@db.example:5432/chat: start PostgreSQL there, or correct MUSTER_STORAGE.',
  );
});

it('has words for what brings none', () => {
  expect(startFault(failed({ message: '', code: 'EWHAT' }), SQLITE)).toBe('data/muster.db: EWHAT');
  expect(startFault(new Error('all is lost'), SQLITE)).toBe('data/muster.db: all is lost');
  expect(startFault(undefined, SQLITE)).toBe('data/muster.db: it failed without saying why');
});

it('[SE4] shows the address of a storage without what opens it', () => {
  expect(withoutPassword('postgres://localhost/chat')).toBe('postgres://localhost/chat');
  expect(withoutPassword('postgres://a b:hunter2@[/x')).toBe('the address in MUSTER_STORAGE');
  expect(withoutPassword('sqlite:a.db')).toBe('sqlite:a.db');
});
