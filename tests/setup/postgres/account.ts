import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The system account a server runs under; empty when it may run as the account of the tests. */
export type Account = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root, so root lends it `postgres`, or `nobody`, which every Unix has. */
export function accountForPostgres(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root and there is no account to lend it: run `useradd postgres`.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}

const OTHERS_MAY_ENTER = 0o001;

/** Whether another account can walk down to `folder`: a clone below /root is closed to it. */
export function isOpenToOthers(folder: string): boolean {
  for (let step = path.resolve(folder); ; step = path.dirname(step)) {
    if ((statSync(step).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (step === path.dirname(step)) return true;
  }
}

/** A place for temporary files that the lent account can reach as well. */
export function temporaryFolderFor(account: Account): string {
  if (account.uid === undefined) return tmpdir();
  return [tmpdir(), '/tmp', '/var/tmp'].find(isOpenToOthers) ?? tmpdir();
}
