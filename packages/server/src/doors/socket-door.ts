/**
 * Our WebSocket door, `/ws`: one JSON frame or an array of frames in a message, both ways. The door reads and
 * answers; what a frame means is dispatch's.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { limit, wireError } from '@muster/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '../app.ts';
import { SocketConnection } from './socket-connection.ts';

export const SOCKET_PATH = '/ws';

const SWEEP_MS = 1_000;

export interface SocketDoorOptions {
  /** Addresses whose connections are not counted: loopback, and the proxies that are named (SE1). */
  isTrustedAddress: (address: string) => boolean;
  connectionsPerAddressMax: number;
}

export class SocketDoor {
  readonly connections = new Set<SocketConnection>();
  private readonly app: App;
  private readonly options: SocketDoorOptions;
  private readonly perAddress = new Map<string, number>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limit('frame_bytes_max'),
    clientTracking: false,
  });
  private readonly sweeper: NodeJS.Timeout;
  private stopping = false;

  constructor(app: App, server: Server, options: SocketDoorOptions) {
    this.app = app;
    this.options = options;
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

  /** Closes what is still open. */
  close(): void {
    clearInterval(this.sweeper);
    for (const connection of this.connections) connection.outbox.close('stopping');
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '').split('?', 1)[0];
    const address = request.socket.remoteAddress ?? '';
    const counted = !this.options.isTrustedAddress(address);
    const already = this.perAddress.get(address) ?? 0;
    if (path !== SOCKET_PATH) refuseUpgrade(socket, 404);
    else if (this.stopping) refuseUpgrade(socket, 503);
    else if (counted && already >= this.options.connectionsPerAddressMax) refuseUpgrade(socket, 429);
    else
      this.sockets.handleUpgrade(request, socket, head, (ws) =>
        this.accept(ws, counted ? address : undefined),
      );
  }

  private accept(socket: WebSocket, address: string | undefined): void {
    const connection = new SocketConnection(this.app, socket);
    this.connections.add(connection);
    if (address !== undefined) this.perAddress.set(address, (this.perAddress.get(address) ?? 0) + 1);
    socket.on('message', (data, isBinary) => connection.receive(data as Buffer, isBinary));
    socket.on('error', (cause) => connection.fail(cause));
    socket.on('close', () => {
      this.connections.delete(connection);
      if (address !== undefined) this.release(address);
      connection.gone();
    });
  }

  private release(address: string): void {
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.perAddress.set(address, left);
    else this.perAddress.delete(address);
  }

  private sweep(): void {
    for (const connection of this.connections) connection.sweep();
  }
}

/** Nobody else looks after a socket that asked for an upgrade: neither its faults nor its end. */
function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  const body = JSON.stringify(wireError(status === 404 ? 'UNKNOWN_COMMAND' : 'OVERLOADED'));
  const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nRetry-After: 1\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
