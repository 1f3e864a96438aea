import { userIDFault } from '@muster/protocol';
import { signUserSig } from '@muster/tencent';
import { configFaults, type Gathered, gather } from '../config.ts';
import { DEV_APP_FILE, readDevApp } from './dev-app.ts';

const EXPIRE_SECONDS = 180 * 86_400;
const APP = ['SDKAppID', 'secretKey'] as const;

/** Prints a userSig for a user, signed with the key that is set or the one that `muster dev` has made. */
export async function usersig(args: string[]): Promise<number> {
  const [userID, ...rest] = args;
  const { given, faults } = withApp(gather(rest, process.env));
  const wrong = fault(userID);
  if (wrong) faults.unshift(wrong);
  if (userID === undefined || faults.length > 0) {
    process.stderr.write(faults.map((words) => `muster usersig: ${words}\n`).join(''));
    return 2;
  }
  const sig = signUserSig({
    SDKAppID: Number(given.SDKAppID),
    secretKey: given.secretKey ?? '',
    userID,
    expireSeconds: EXPIRE_SECONDS,
    now: Date.now(),
  });
  process.stdout.write(`${sig}\n`);
  return 0;
}

function fault(userID: string | undefined): string | undefined {
  if (userID === undefined) return 'name a user: muster usersig <userID>.';
  const wrong = userIDFault(userID);
  return wrong && `the userID ${wrong}.`;
}

/** Never one half from the environment and the other from the file: such a userSig would be good nowhere. */
function withApp({ given, faults }: Gathered): Gathered {
  if (APP.some((name) => given[name] !== undefined)) {
    return { given, faults: [...faults, ...configFaults(given, APP)] };
  }
  const app = readDevApp();
  if (app) return { given: { ...given, ...app }, faults };
  const advice = `Set MUSTER_SDK_APP_ID and MUSTER_SECRET_KEY, or start muster dev here: it makes ${DEV_APP_FILE}.`;
  return { given, faults: [...faults, `there is no app to sign for. ${advice}`] };
}
