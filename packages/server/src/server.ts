/** A running server: doors open on a port, until it is closed gracefully (SE5). */
import type { AddressInfo } from 'node:net';
import { limit, wireError } from '@muster/protocol';
import type { CombinedStorage, Storage } from '@muster/storage';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { App } from './app.ts';
import { composeApp, metricsOf, openStorage } from './compose.ts';
import type { Config } from './config.ts';
import { boundHttpConnections } from './doors/http-connections.ts';
import { addHttpDoor, answerError, BODY_BYTES_MAX, setErrorHandlers } from './doors/http-door.ts';
import { HttpDrain } from './doors/http-drain.ts';
import { addOperationsDoor } from './doors/operations-door.ts';
import { addRestDoor } from './doors/rest/rest-door.ts';
import { SocketDoor } from './doors/socket-door.ts';
import { Maintenance } from './maintenance.ts';

export interface ServerOptions {
  config: Config;
  log: Logger;
  now?: () => number;
  /** More pages of the HTTP server, added before it listens. */
  addPages?: (server: FastifyInstance, app: App) => void;
  /** Puts something between the server and its storage; tests inject faults here. */
  decorate?: (storage: Storage) => Storage;
}

export interface RunningServer {
  app: App;
  host: string;
  port: number;
  /** Requests over all doors that have no answer yet. */
  requestsInFlight(): number;
  /** Finishes what was begun, tells devices to go elsewhere and releases everything. Can be called again. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1']);
const DRAIN_POLL_MS = 10;
const DRAIN_MS_MIN = 50;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, log, now = Date.now } = options;
  let app: App | undefined;
  let door: SocketDoor | undefined;
  let opened: CombinedStorage | undefined;
  const metrics = metricsOf({
    connections: () => door?.connections.size ?? 0,
    app: () => app,
    waiting: () => opened?.queued() ?? 0,
  });
  opened = await openStorage(config.storage, ({ operations, milliseconds }) => {
    metrics.commitOperations.observe(operations);
    metrics.commitSeconds.observe(milliseconds / 1_000);
  });
  const storage = options.decorate?.(opened) ?? opened;
  app = await composeApp({ storage, settings: settingsOf(config), log, metrics, now });
  const state = { stopping: false };
  const http = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
    requestTimeout: limit('loginTime_ms_max'),
    // What Fastify says quotes the address, which holds a userSig where REST v4 is spoken (SE4).
    frameworkErrors: (_cause, _request, reply) =>
      answerError(reply as FastifyReply, wireError('MALFORMED_REQUEST', 'The address is malformed.')),
  });
  const httpDrain = new HttpDrain(http, state);
  setErrorHandlers(http, app);
  addHttpDoor(http, app);
  addRestDoor(http, app, state);
  addOperationsDoor(http, app, state);
  options.addPages?.(http, app);
  const addressLimit = {
    isTrustedAddress: (address: string) => LOOPBACK.has(address) || config.proxies.has(address),
    connectionsPerAddressMax: config.connectionsPerAddress,
  };
  boundHttpConnections(http.server, addressLimit);
  door = new SocketDoor(app, http.server, addressLimit);
  const maintenance = new Maintenance(app);
  try {
    await http.listen({ host: config.host, port: config.port });
  } catch (cause) {
    maintenance.stop();
    door.close();
    await storage.close();
    throw cause;
  }
  const { port } = http.server.address() as AddressInfo;
  const parts = { app, door, http, httpDrain, maintenance, state, graceMs: config.gracePeriodMs };
  let closing: Promise<void> | undefined;
  return {
    app,
    host: config.host,
    port,
    requestsInFlight: () => parts.door.requestsInFlight + httpDrain.underWay,
    close: () => {
      closing ??= shutDown(parts);
      return closing;
    },
  };
}

function settingsOf(config: Config): App['settings'] {
  return {
    SDKAppID: config.SDKAppID,
    secretKey: config.secretKey,
    administrators: config.administrators,
    callLimits: config.callLimits,
    anonymousViewers: config.anonymousViewers,
    tickMs: config.tickMs,
    devicesPerUserMax: config.devicesPerUser,
    membersPerGroupMax: config.membersPerGroup,
    membersPerCommunityMax: config.membersPerCommunity,
  };
}

interface RunningParts {
  app: App;
  door: SocketDoor;
  http: FastifyInstance;
  httpDrain: HttpDrain;
  maintenance: Maintenance;
  state: { stopping: boolean };
  graceMs: number;
}

/** Lets what was sent before the goodbye was read arrive, and everything be answered, within the grace period. */
async function drained(
  { door, httpDrain }: Pick<RunningParts, 'door' | 'httpDrain'>,
  graceMs: number,
): Promise<void> {
  const began = Date.now();
  const isDone = (): boolean => {
    const passed = Date.now() - began;
    if (passed >= graceMs) return true;
    if (door.requestsInFlight + httpDrain.underWay > 0) return false;
    return door.connections.size === 0 || passed >= DRAIN_MS_MIN;
  };
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
}

/** Within the grace period: no new work, the old work done, everybody told, everything stored (SE5). */
async function shutDown({
  app,
  door,
  http,
  httpDrain,
  maintenance,
  state,
  graceMs,
}: RunningParts): Promise<void> {
  const until = Date.now() + graceMs;
  state.stopping = true;
  maintenance.stop();
  door.goodbye('stopping', Math.max(1_000, door.connections.size));
  await drained({ door, httpDrain }, graceMs);
  app.delivery.stop();
  await maintenance
    .noteContacts()
    .catch((cause) => app.log.warn({ err: cause }, 'contacts could not be noted'));
  door.close(Math.max(0, until - Date.now()));
  await http.close();
  await app.storage.close();
}
