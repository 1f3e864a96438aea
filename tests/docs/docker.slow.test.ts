/**
 * The image that the Dockerfile describes, made in a folder: what .dockerignore lets through, installed and started
 * by the Dockerfile's own words, with the folder in the place of `/`. No Docker is needed.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApp } from '../setup/served-muster.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(path.join(REPOSITORY, name), 'utf8');

/** The instructions in order, continued lines joined. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [, name = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    return { name, value };
  });
const valuesOf = (wanted: string): string[] =>
  instructions.filter(({ name }) => name === wanted).map(({ value }) => value);
const lastOf = (wanted: string): string => valuesOf(wanted).at(-1) ?? '';

const ignoreLines = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const glob = line.replace(/^!/, '').replaceAll('.', '\\.');
    const source = glob.replaceAll(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'));
    return { pattern: new RegExp(`^${source}$`), isException: line.startsWith('!') };
  });

/** What takes the place of `/`. */
const root = mkdtempSync(path.join(tmpdir(), 'muster-image-'));
const placed = (text: string): string => text.replaceAll(/(?<=^|[:=])\/(app|data)\b/g, `${root}/$1`);
const isRoot = process.getuid?.() === 0;
const [uid = 0, gid = 0] = lastOf('USER').split(':').map(Number);
const running = new Set<ChildProcess>();

beforeAll(() => {
  chmodSync(root, 0o755);
  cpSync(REPOSITORY, path.join(root, 'app'), {
    recursive: true,
    filter: (source) => isSent(path.relative(REPOSITORY, source)),
  });
  const [install = ''] = valuesOf('RUN');
  const [npm = '', ...parameters] = install.split(' ');
  // The same packages were installed for the tests: those that are at hand are not asked for again.
  execFileSync(npm, [...parameters, '--prefer-offline'], { cwd: path.join(root, 'app'), stdio: 'pipe' });
  mkdirSync(path.join(root, 'data'));
  if (isRoot) chownSync(path.join(root, 'data'), uid, gid);
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** Whether .dockerignore lets a path through: its last line that names the path, or a folder above it, counts. */
function isSent(file: string): boolean {
  const parts = file.split(path.sep);
  const places = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const last = ignoreLines.findLast(({ pattern }) => places.some((place) => pattern.test(place)));
  return file === '' || last === undefined || last.isException;
}

interface Container {
  child: ChildProcess;
  /** Everything that was printed so far. */
  said(): string;
  exit: Promise<number | null>;
}

/** Runs the image with these words after its name, as `docker run` does. */
function start(
  environment: Record<string, string>,
  command: string[] = JSON.parse(lastOf('CMD')),
): Container {
  const [program = '', ...parameters]: string[] = [...JSON.parse(lastOf('ENTRYPOINT')), ...command];
  const child = spawn(program, parameters, {
    cwd: path.join(root, lastOf('WORKDIR')),
    env: { ...imageEnvironment(), ...environment },
    ...(isRoot ? { uid, gid } : {}),
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += String(data);
    });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => said, exit };
}

/** ENV, with a port that is free, and a PATH that finds the Node of the tests. */
function imageEnvironment(): Record<string, string> {
  const pairs = lastOf('ENV')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]);
  const own = `${path.dirname(process.execPath)}:${process.env['PATH']}`;
  const values = pairs.map(([name, value]) => [name, placed(value).replace('$PATH', own)]);
  return { ...Object.fromEntries(values), MUSTER_PORT: '0' };
}

/** The port, once it is ready. */
async function readyPort({ said, exit }: Container): Promise<number> {
  let isOver = false;
  void exit.then(() => {
    isOver = true;
  });
  for (;;) {
    const ready = /Muster is ready: http:\/\/[^:]+:(\d+)/.exec(said());
    if (ready) return Number(ready[1]);
    if (isOver) throw new Error(said());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The exit code of the image's own check of its health. */
function health(port: number): Promise<number | null> {
  const [program = '', ...parameters]: string[] = JSON.parse(lastOf('HEALTHCHECK').replace(/^.*?CMD /, ''));
  const child = spawn(program, parameters, { env: { ...imageEnvironment(), MUSTER_PORT: String(port) } });
  return new Promise((resolve) => child.once('close', resolve));
}

const { SDKAppID, secretKey } = newApp();
const app = { MUSTER_SDK_APP_ID: String(SDKAppID), MUSTER_SECRET_KEY: secretKey };

describe('the image', () => {
  it('[SE5] starts without root, is healthy, and stops with 0 on SIGTERM', async () => {
    const container = start(app);
    const port = await readyPort(container);
    if (isRoot) expect(readFileSync(`/proc/${container.child.pid}/status`, 'utf8')).toMatch(`Uid:\t${uid}\t`);
    expect(await health(port)).toBe(0);
    expect(readdirSync(path.join(root, 'data'))).toContain('muster.db');
    container.child.kill('SIGTERM');
    expect(await container.exit).toBe(0);
    expect(await health(port)).toBe(1);
  });

  it('has no key of its own, and says so instead of starting', async () => {
    const container = start({});
    expect(await container.exit).toBe(2);
    expect(container.said()).toMatch(/MUSTER_SDK_APP_ID.*MUSTER_SECRET_KEY/s);
    expect(read('Dockerfile')).not.toMatch(/SECRET_KEY|SDK_APP_ID/);
  });

  it('gives userSigs, and runs `muster dev` with its things in the volume', async () => {
    const asked = start(app, ['usersig', 'alice']);
    expect(await asked.exit).toBe(0);
    expect(asked.said()).toMatch(/^eJ\S+\n$/);
    const container = start({}, ['dev']);
    const port = await readyPort(container);
    const login = await fetch(`http://localhost:${port}/dev/login?userID=alice`);
    expect(await login.json()).toMatchObject({ userID: 'alice' });
    expect(readdirSync(path.join(root, 'data'))).toContain('dev-app.json');
    container.child.kill('SIGTERM');
    expect(await container.exit).toBe(0);
  });

  it('holds what the server needs and nothing else', () => {
    const inside = (name: string): boolean => existsSync(path.join(root, 'app', name));
    const missing = ['LICENSE', 'packages/server/src', 'node_modules/better-sqlite3'].filter(
      (name) => !inside(name),
    );
    expect(missing).toEqual([]);
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>;
    };
    // The driver of PostgreSQL is a dependency of the storage too.
    const unwanted = Object.keys(devDependencies).filter((name) => name !== 'pg');
    const names = [
      ...unwanted.map((name) => `node_modules/${name}`),
      '.git',
      'docs',
      'tests',
      'data',
      'packages/testkit',
      'packages/server/test',
    ];
    expect(names.filter(inside)).toEqual([]);
  });

  it('runs on the Node that the repository is tested with', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>;
    };
    const [major] = (devDependencies['node'] ?? '').split('.');
    expect(valuesOf('FROM').map((value) => value.split(' ')[0])).toEqual([
      `node:${major}-slim`,
      `node:${major}-slim`,
    ]);
  });
});
