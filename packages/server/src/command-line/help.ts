import { OPTION_NAMES, OPTIONS } from '../config.ts';

const USAGE = `muster: a self-hosted chat backend

  muster dev                starts with no configuration: everything under ./data, a page to try it
  muster serve              starts for production: refuses missing or unsafe configuration
  muster usersig <userID>   prints a userSig, signed with the key of the app
  muster check-config       says what muster serve would say, and starts nothing
  muster exec -- <command>  starts a server, runs the command beside it, stops with its exit code
                            (MUSTER_PROXY_SERVER, MUSTER_URL, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY are set)
  muster --help             says this

Options, as flags (--port 8080 or --port=8080) or in the environment:
`;

export async function help(): Promise<number> {
  process.stdout.write(USAGE);
  for (const name of OPTION_NAMES) {
    const { env, flag, fallback, doc } = OPTIONS[name];
    const left = flag === undefined ? env : `--${flag}, ${env}`;
    process.stdout.write(`  ${left}${preset(fallback)}\n      ${doc}\n`);
  }
  return 0;
}

function preset(fallback: string | undefined): string {
  if (fallback === undefined) return ' (muster serve needs it)';
  return fallback === '' ? '' : ` (${fallback})`;
}
