/** Runs an example within a test, against a server of the test's own, and keeps what it prints. */
import { type Muster, type MusterOptions, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, vi } from 'vitest';

/** What was printed and warned of, word for word, once the example has ended. */
export interface ExampleRun {
  printed: unknown[][];
  warned: unknown[][];
}

export function runsExample(example: URL, options: MusterOptions): ExampleRun {
  const run: ExampleRun = { printed: [], warned: [] };
  let muster: Muster;
  beforeAll(async () => {
    muster = await startMuster(options);
    vi.stubEnv('MUSTER_PROXY_SERVER', muster.proxyServer);
    vi.stubEnv('MUSTER_SDK_APP_ID', String(muster.SDKAppID));
    vi.stubEnv('MUSTER_SECRET_KEY', muster.secretKey);
    vi.spyOn(console, 'log').mockImplementation((...words) => run.printed.push(words));
    vi.spyOn(console, 'warn').mockImplementation((...words) => run.warned.push(words));
    await import(example.href);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await muster?.close();
  });
  return run;
}
