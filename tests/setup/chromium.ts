import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** Test files run in several processes: the first one installs, the others find it there when the lock is theirs. */
const INSTALL = `
  command -v chromium && exit 0
  apt-get update
  apt-get install --yes --no-install-recommends chromium
`;

/** Nothing but this machine answers, and nothing but the page under test is fetched. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** The program of a Chromium or Chrome; installs one where that is ours to do, else says what to install. */
export async function findChromium(): Promise<string> {
  const asked = process.env.MUSTER_CHROMIUM;
  if (asked) {
    if (isProgram(asked)) return asked;
    throw new Error(`MUSTER_CHROMIUM names ${asked}, which is no program that can be run.`);
  }
  const found = installed();
  if (found !== undefined) return found;
  if (mayInstall()) await install();
  const now = installed();
  if (now !== undefined) return now;
  throw new Error(
    'These tests need Chromium or Chrome. Install it (Debian: apt-get install chromium; ' +
      'macOS: brew install --cask chromium) or set MUSTER_CHROMIUM to its program.',
  );
}

/** A headless browser with an empty profile of its own, which `close` removes. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: FLAGS });
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...PLACES].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** flock gives the lock back by itself when the process that holds it dies. */
async function install(): Promise<void> {
  const lock = path.join(tmpdir(), 'muster-chromium.lock');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await promisify(execFile)('flock', [lock, 'sh', '-c', INSTALL], { env, maxBuffer: OUTPUT_BYTES_MAX });
  } catch (error) {
    const message =
      'apt-get could not install Chromium. Install it by hand, or set MUSTER_CHROMIUM to its program.';
    throw new Error(message, { cause: error });
  }
}
