import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { startMuster } from '../testing/index.ts';

/** What shells give for a program that is not there, and for one that a signal has ended. */
const NOT_FOUND = 127;
const SIGNALLED = 128;

/** Starts a server, hands its address over in the environment, and ends with the exit code of the command. */
export async function exec(args: string[]): Promise<number> {
  const [program, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (program === undefined) {
    process.stderr.write('muster exec: name a command: muster exec -- npm test\n');
    return 2;
  }
  const muster = await startMuster();
  try {
    return await beside(program, rest, {
      MUSTER_PROXY_SERVER: muster.proxyServer,
      MUSTER_URL: muster.url,
      MUSTER_SDK_APP_ID: String(muster.SDKAppID),
      MUSTER_SECRET_KEY: muster.secretKey,
    });
  } finally {
    await muster.close();
  }
}

/** Runs the command to its end; signals are its to answer, and the server goes when it has. */
function beside(program: string, args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', (cause) => {
      process.stderr.write(`muster exec: ${program} could not be started: ${cause.message}\n`);
      resolve(NOT_FOUND);
    });
    child.on('close', (code, signal) =>
      resolve(code ?? SIGNALLED + (signal ? constants.signals[signal] : 0)),
    );
  });
}
