import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL for the whole run, unless MUSTER_TEST_POSTGRES names one already. A test takes a database of its own
 * by `freshDatabase`.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.MUSTER_TEST_POSTGRES;
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const server = await startPostgres();
  process.env.MUSTER_TEST_POSTGRES = server.url;
  project.provide('postgresUrl', server.url);
  return async () => {
    delete process.env.MUSTER_TEST_POSTGRES;
    await server.stop();
  };
}
