/** The app that `muster dev` makes for itself on its first start: a number and a key, kept beside its database. */
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFaults, type Given } from '../config.ts';

export const DEV_FOLDER = 'data';

export const DEV_APP_FILE = join(DEV_FOLDER, 'dev-app.json');

/** Numbers that look like those of the original's console. */
const MADE_SDK_APP_IDS = [1_400_000_000, 1_500_000_000] as const;
const SECRET_BYTES = 32;
const OWNER_ONLY = { folder: 0o700, file: 0o600, others: 0o077 };

interface DevApp {
  SDKAppID: string;
  secretKey: string;
}

/** The app that `muster dev` has made in this folder, or undefined before its first start. */
export function readDevApp(): DevApp | undefined {
  if (!existsSync(DEV_APP_FILE)) return undefined;
  if (statSync(DEV_APP_FILE).mode & OWNER_ONLY.others) chmodSync(DEV_APP_FILE, OWNER_ONLY.file);
  const app = parsed(readFileSync(DEV_APP_FILE, 'utf8'));
  if (app) return app;
  throw new Error(
    `${DEV_APP_FILE} does not hold an SDKAppID and a secretKey. Delete it, and muster dev makes it anew.`,
  );
}

function parsed(text: string): DevApp | undefined {
  try {
    const { SDKAppID, secretKey } = JSON.parse(text) as Record<string, unknown>;
    const app = { SDKAppID: String(SDKAppID), secretKey: String(secretKey) };
    return configFaults(app, ['SDKAppID', 'secretKey']).length === 0 ? app : undefined;
  } catch {
    // What is no JSON is told of like what lacks a field.
    return undefined;
  }
}

/** Fails when the file is there already, so that of two first starts at once one wins and the other reads. */
function makeDevApp(): void {
  const app = {
    SDKAppID: randomInt(...MADE_SDK_APP_IDS),
    secretKey: randomBytes(SECRET_BYTES).toString('hex'),
  };
  makeDevFolder();
  try {
    writeFileSync(DEV_APP_FILE, `${JSON.stringify(app, undefined, 2)}\n`, {
      mode: OWNER_ONLY.file,
      flag: 'wx',
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

/** The folder holds a key and chats: it is its owner's alone, and no repository takes it up. */
function makeDevFolder(): void {
  if (existsSync(DEV_FOLDER)) return;
  mkdirSync(DEV_FOLDER, { recursive: true, mode: OWNER_ONLY.folder });
  writeFileSync(join(DEV_FOLDER, '.gitignore'), '*\n');
}

/** What is given, with the rest filled in for development. */
export function withDevApp(own: Given): Given {
  if (own.storage === undefined) makeDevFolder();
  const storage = own.storage ?? `sqlite:${join(DEV_FOLDER, 'muster.db')}`;
  if (own.SDKAppID !== undefined && own.secretKey !== undefined) return { ...own, storage };
  if (!existsSync(DEV_APP_FILE)) makeDevApp();
  return { ...readDevApp(), ...own, storage };
}
