import { type Config, configFaults, type Given, gather, toConfig } from '../config.ts';
import { createLog } from '../observability/log.ts';
import { addDevPages } from '../pages/dev-pages.ts';
import { type RunningServer, startServer } from '../server.ts';
import { startOnFreePort, urlAddress } from './addresses.ts';
import { DEV_APP_FILE, withDevApp } from './dev-app.ts';
import { startFault, withoutPassword } from './start-fault.ts';
import { untilStopped } from './until-stopped.ts';

/** Starts with no configuration: a database and an app under ./data, a page, and logins for the asking. */
export async function dev(args: string[]): Promise<number> {
  const { given: own, faults } = gather(args, process.env);
  const given = faults.length === 0 ? withDevApp(own) : own;
  if (faults.length === 0) faults.push(...configFaults(given));
  if (faults.length > 0) {
    process.stderr.write(faults.map((fault) => `muster dev: ${fault}\n`).join(''));
    return 2;
  }
  const config = toConfig({ ...given, logLevel: given.logLevel ?? 'warn' });
  const log = createLog(config.logLevel);
  try {
    const addPages = await addDevPages(config);
    const start = (port: number) => startServer({ config: { ...config, port }, log, addPages });
    // A port that nobody asked for may be another's; one that was asked for is used or refused.
    const server = await (own.port === undefined ? startOnFreePort(config, start) : start(config.port));
    tell(server, config, own);
    return await untilStopped(server, log);
  } catch (cause) {
    process.stderr.write(`muster dev: ${startFault(cause, config)}\n`);
    return 1;
  }
}

/** What a developer wants to know, on the terminal and never in the log. The last line stands alone. */
function tell(server: RunningServer, config: Config, own: Given): void {
  const address = urlAddress(server);
  const key = own.secretKey === undefined ? `in ${DEV_APP_FILE}` : 'the one you set in MUSTER_SECRET_KEY';
  const lines = [
    '',
    `  The page         http://${address}/`,
    `  In your app      create({ SDKAppID: ${config.SDKAppID}, proxyServer: 'ws://${address}' })`,
    `  A login          http://${address}/dev/login?userID=alice`,
    `  The secret key   ${key}`,
    `  Everything else  ${withoutPassword(config.storage)}`,
    ...exposure(config),
    '',
    `Muster is ready: http://${address}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Logins for the asking are a comfort on one's own machine only. */
function exposure({ host }: Config): string[] {
  if (LOOPBACK.has(host)) return [];
  return [
    '',
    `  Whoever reaches ${host} can log in as anybody here, administrators excepted.`,
    '  For more than development there is muster serve.',
  ];
}
