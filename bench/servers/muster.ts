/** Muster itself, as `muster serve` starts it; only the limit on calls is off, because load is what it is here for. */
import { createLog, startServer, toConfig } from '@muster/server';
import { BENCH_APP } from '../load/app.ts';
import { type Counts, serve } from './measured-process.ts';

const { SDKAppID, secretKey } = BENCH_APP;
const [, , storage = '', tickMs] = process.argv;
const server = await startServer({
  config: toConfig({
    port: '0',
    storage,
    ...(tickMs === undefined ? {} : { tickMs }),
    SDKAppID: String(SDKAppID),
    secretKey,
    callLimits: 'off',
    gracePeriodMs: '1000',
  }),
  log: createLog('warn'),
});
const { metrics } = server.app;

async function counts(): Promise<Counts> {
  const { values } = await metrics.commitOperations.get();
  const named = (ending: string): number =>
    values.find(({ metricName }) => metricName?.endsWith(ending))?.value ?? 0;
  const closed = (await metrics.closed.get()).values.find(({ labels }) => labels.reason === 'tooSlow');
  return { commits: named('_count'), operations: named('_sum'), tooSlow: closed?.value ?? 0 };
}

serve({ url: `ws://127.0.0.1:${server.port}`, counts, close: () => server.close() });
