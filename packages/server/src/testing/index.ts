/**
 * A server one can hold in a test: `startMuster()`. Public as `@muster/server/testing`; our own tests use it too.
 */
import { randomBytes } from 'node:crypto';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { signUserSig } from '@muster/tencent';
import { type Config, OPTIONS, toConfig } from '../config.ts';
import { createLog } from '../observability/log.ts';
import { type RunningServer, startServer } from '../server.ts';
import { createFaults, type Faults } from './faults.ts';

export type { Faults } from './faults.ts';

export interface MusterOptions {
  /** The port to listen on; any free one unless given. */
  port?: number;
  /** `sqlite:<file>` or `postgres://…`; a database in memory unless given. */
  storage?: string;
  /** 'on' holds callers to the limits of counter calls; 'off' unless given. */
  limits?: 'on' | 'off';
  /** Milliseconds between two counter events of a group; 100 unless given, 0 sends each change at once. */
  tickMs?: number;
  /** userIDs of administrators; 'administrator' unless given. */
  administrators?: string[];
  /** The clock of the server, in milliseconds since 1970. */
  now?: () => number;
  /** Other options of the server, as `muster --help` lists them. */
  config?: Partial<Config>;
  /** The least level that is logged; silent unless given. */
  logLevel?: string;
  /** The app; a fresh one unless given. */
  SDKAppID?: number;
  secretKey?: string;
}

export interface Muster {
  SDKAppID: number;
  secretKey: string;
  /** What an app passes to `create`. */
  proxyServer: string;
  /** The address of the HTTP door. */
  url: string;
  port: number;
  faults: Faults;
  /** A userSig for a user, good for a day. */
  userSig(userID: string, options?: { expireSeconds?: number; now?: number }): string;
  /** A device of its own, logged in and ready. */
  login(userID: string): Promise<ChatSDK>;
  /** Resolves when no request waits for its answer and every event that is due has been handed to the sockets. */
  idle(): Promise<void>;
  /** Logs every device out that `login` gave, and begins with an empty database on the same port. In memory only. */
  reset(): Promise<void>;
  close(): Promise<void>;
  /** The running server, for what is not offered above. */
  server(): RunningServer;
}

const DAY_SECONDS = 86_400;
let instances = 0;

export async function startMuster(options: MusterOptions = {}): Promise<Muster> {
  const SDKAppID = options.SDKAppID ?? 1_400_000_000;
  const secretKey = options.secretKey ?? randomBytes(32).toString('hex');
  const faults = createFaults();
  const config = configOf(options, SDKAppID, secretKey);
  const log = createLog(options.logLevel ?? 'silent');
  const start = async (port: number): Promise<RunningServer> => {
    const server = await startServer({
      config: { ...config, port },
      log,
      ...(options.now ? { now: options.now } : {}),
      decorate: (storage) => faults.decorate(storage),
    });
    faults.attach(server.app);
    return server;
  };
  let server = await start(options.port ?? 0);
  const { port } = server;
  const devices = new Set<ChatSDK>();
  const proxyServer = `ws://127.0.0.1:${port}`;
  const userSig: Muster['userSig'] = (userID, { expireSeconds = DAY_SECONDS, now = server.app.now() } = {}) =>
    signUserSig({ SDKAppID, secretKey, userID, expireSeconds, now });
  const destroyDevices = async (): Promise<void> => {
    await Promise.allSettled([...devices].map((device) => device.destroy()));
    devices.clear();
  };
  return {
    SDKAppID,
    secretKey,
    proxyServer,
    url: `http://127.0.0.1:${port}`,
    port,
    faults: faults.controls,
    userSig,
    server: () => server,
    idle: () => idle(server),
    async login(userID) {
      instances += 1;
      const device = MusterChat.create({ SDKAppID, proxyServer, instance: `muster-testing-${instances}` });
      device.setLogLevel(4);
      devices.add(device);
      await logInAndWait(device, userID, userSig(userID));
      return device;
    },
    async reset() {
      if (config.storage !== IN_MEMORY)
        throw new Error('reset() is for a server in memory; this one has a storage of its own');
      await destroyDevices();
      await server.close();
      server = await start(port);
    },
    async close() {
      await destroyDevices();
      await server.close();
    },
  };
}

const IN_MEMORY = 'sqlite::memory:';

function configOf(options: MusterOptions, SDKAppID: number, secretKey: string): Config {
  const defaults = toConfig({ storage: options.storage ?? IN_MEMORY, SDKAppID: String(SDKAppID), secretKey });
  return {
    ...defaults,
    callLimits: options.limits === 'on',
    tickMs: options.tickMs ?? defaults.tickMs,
    administrators: new Set(options.administrators ?? [OPTIONS.administrators.fallback ?? '']),
    gracePeriodMs: 2_000,
    ...options.config,
  };
}

function logInAndWait(device: ChatSDK, userID: string, userSig: string): Promise<void> {
  return new Promise((resolve, reject) => {
    device.once(MusterChat.EVENT.SDK_READY, () => resolve());
    device.login({ userID, userSig }).catch(reject);
  });
}

/** Two ticks without a request under way: whatever was due has been sent. */
async function idle({ app, requestsInFlight }: RunningServer): Promise<void> {
  const tick = Math.max(20, app.settings.tickMs);
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, tick));
    quiet = requestsInFlight() === 0 ? quiet + 1 : 0;
  }
}
