import { type Config, configFaults, gather, toConfig } from '../config.ts';
import { createLog } from '../observability/log.ts';
import { startServer } from '../server.ts';
import { urlAddress } from './addresses.ts';
import { startFault } from './start-fault.ts';
import { untilStopped } from './until-stopped.ts';

/** Starts for production: what is missing or unsafe is said, and nothing is started. */
export async function serve(args: string[]): Promise<number> {
  const config = safeConfig(args);
  if (!config) return 2;
  const log = createLog(config.logLevel);
  try {
    const server = await startServer({ config, log });
    process.stdout.write(`Muster is ready: http://${urlAddress(server)}\n`);
    return await untilStopped(server, log);
  } catch (cause) {
    process.stderr.write(`muster serve: ${startFault(cause, config)}\n`);
    return 1;
  }
}

/** The configuration for production, or undefined after saying what is missing or unsafe. */
export function safeConfig(args: readonly string[]): Config | undefined {
  const { given, faults } = gather(args, process.env);
  faults.push(...configFaults(given));
  if (given.storage === 'sqlite::memory:') {
    faults.push(
      'MUSTER_STORAGE names a database in memory, which forgets everything when it stops: name a file.',
    );
  }
  if (faults.length === 0) return toConfig(given);
  const lines = faults.map((fault) => `  ${fault}\n`);
  process.stderr.write(`muster: this configuration is not one to start with:\n${lines.join('')}`);
  return undefined;
}
