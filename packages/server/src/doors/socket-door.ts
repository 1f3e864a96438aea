/**
 * The WebSocket doors: ours, `/ws`, with one JSON frame or an array of frames in a message, both ways, and those of the
 * original SDK. A door reads and answers; what a frame means is dispatch's.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { limit } from '@muster/protocol';
import { wireCommands } from '@muster/tencent';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '../app.ts';
import { type AddressLimit, AddressPlaces } from './address-places.ts';
import type { Connection } from './connection.ts';
import { refuseSocket } from './refuse-socket.ts';
import { SocketConnection } from './socket-connection.ts';
import { Departures } from './tencent/departures.ts';
import { TencentConnection } from './tencent/tencent-connection.ts';
import { WatchedRooms } from './tencent/watched-rooms.ts';

export const SOCKET_PATH = '/ws';

const SWEEP_MS = 1_000;

/** Makes the connection of a path. `stream` is what the socket stands on. */
type Opener = (socket: WebSocket, stream: Duplex) => Connection;

export class SocketDoor {
  readonly connections = new Set<Connection>();
  private readonly openers: ReadonlyMap<string, Opener>;
  private readonly places: AddressPlaces;
  private readonly watchedRooms: WatchedRooms | undefined;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limit('frame_bytes_max'),
    clientTracking: false,
  });
  private readonly sweeper: NodeJS.Timeout;
  private stopping = false;

  constructor(app: App, server: Server, addressLimit: AddressLimit) {
    this.watchedRooms = app.settings.anonymousViewers ? new WatchedRooms(app) : undefined;
    this.openers = openersOf(app, this.watchedRooms);
    this.places = new AddressPlaces(addressLimit);
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** Tells every device to connect again, spread over the window, and takes no more. */
  goodbye(reason: string, withinMs: number): void {
    this.stopping = true;
    for (const { outbox } of this.connections) outbox.push({ event: 'goodbye', reason, withinMs });
  }

  /** Requests of all connections that have no answer yet. */
  get requestsInFlight(): number {
    let sum = 0;
    for (const connection of this.connections) sum += connection.requestsInFlight;
    return sum;
  }

  /** Closes what is still open. Whoever does not answer the closing is waited for no longer than this. */
  close(withinMs = 0): void {
    clearInterval(this.sweeper);
    this.watchedRooms?.stop();
    for (const connection of this.connections) connection.outbox.close('stopping');
    setTimeout(() => {
      for (const connection of this.connections) connection.outbox.cut();
    }, withinMs).unref();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const open = this.openers.get(path);
    if (!open) refuseSocket(socket, 404);
    else if (this.stopping) refuseSocket(socket, 503);
    else this.take(request, { socket, head, open });
  }

  private take(
    request: IncomingMessage,
    { socket, head, open }: { socket: Duplex; head: Buffer; open: Opener },
  ): void {
    const release = this.places.take(request.socket.remoteAddress);
    if (!release) {
      refuseSocket(socket, 429);
      return;
    }
    // Also when the upgrade fails, for instance for a missing header.
    socket.once('close', release);
    this.sockets.handleUpgrade(request, socket, head, (ws) => this.accept(ws, open(ws, socket)));
  }

  private accept(socket: WebSocket, connection: Connection): void {
    this.connections.add(connection);
    socket.on('message', (data, isBinary) => connection.receive(data as Buffer, isBinary));
    socket.on('error', (cause) => connection.fail(cause));
    socket.on('close', () => {
      this.connections.delete(connection);
      connection.gone();
    });
  }

  private sweep(): void {
    for (const connection of this.connections) connection.sweep();
    this.watchedRooms?.sweep();
  }
}

function openersOf(app: App, watchedRooms: WatchedRooms | undefined): ReadonlyMap<string, Opener> {
  const original = { commands: wireCommands(app.settings), departures: new Departures(), watchedRooms };
  return new Map<string, Opener>([
    [SOCKET_PATH, (socket, stream) => new SocketConnection(app, socket, stream)],
    ['/binfo', (socket) => new TencentConnection(app, socket, { ...original, isBinary: true })],
    ['/info', (socket) => new TencentConnection(app, socket, { ...original, isBinary: false })],
  ]);
}
