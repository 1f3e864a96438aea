/** The metrics are not a table but what a server registers, so one is started, in memory, and asked. */
import { createLog, startServer, toConfig } from '@muster/server';
import { code, codeList, page, table } from './page.ts';

interface Metric {
  name: string;
  help: string;
  type: string;
  labelNames: readonly string[];
}

export async function metricsPage(): Promise<string> {
  const metrics = await registered();
  return page(
    'Metrics',
    'packages/server/src/observability/metrics.ts',
    '`GET /metrics` answers in the text format of Prometheus.',
    table(
      ['metric', 'kind', 'labels', 'counts'],
      metrics.map(({ name, type, labelNames, help }) => [code(name), type, codeList(labelNames), help]),
    ),
  );
}

async function registered(): Promise<Metric[]> {
  const server = await startServer({
    config: toConfig({ storage: 'sqlite::memory:', port: '0', SDKAppID: '1', secretKey: '' }),
    log: createLog('silent'),
  });
  try {
    // The registry's own types leave out what its metrics hold.
    return server.app.metrics.registry.getMetricsAsArray() as unknown as Metric[];
  } finally {
    await server.close();
  }
}
