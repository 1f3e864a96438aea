/**
 * What the yardsticks share: `ws` as it is, requests read and answers written as Muster's wire has them, and a
 * trailing tick that tells the listeners the newest value. No login, no check of any input.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const TICK_MS = 100;
const LISTEN_PATH = '/listen';

/** One increase and the socket that waits for its result. */
export interface Increase {
  socket: WebSocket;
  id: number;
  amount: number;
}

interface RequestFrame {
  id: number;
  input: { counters: { value: number }[] };
}

export interface BareSockets {
  url: string;
  /** The counter changed: the listeners hear of it at the end of the tick. */
  changed(groupID: string, value: number): void;
  close(): void;
}

/** Opens a server that hands over the increases of each message. */
export async function openBareSockets(take: (increases: Increase[]) => void): Promise<BareSockets> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    clientTracking: true,
  });
  await once(server, 'listening');
  const listeners = new Set<WebSocket>();
  let newest = { groupID: '', value: 0 };
  let tick: NodeJS.Timeout | undefined;
  const tell = (): void => {
    tick = undefined;
    const frame = Buffer.from(eventText(newest.groupID, newest.value));
    for (const listener of listeners) listener.send(frame, { binary: false });
  };
  server.on('connection', (socket, request) => {
    if (request.url === LISTEN_PATH) {
      listeners.add(socket);
      socket.on('close', () => listeners.delete(socket));
    }
    socket.on('message', (data) => take(increasesOf(socket, data as Buffer)));
    socket.on('error', () => socket.terminate());
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changed: (groupID, value) => {
      newest = { groupID, value };
      tick ??= setTimeout(tell, TICK_MS);
    },
    close: () => {
      clearTimeout(tick);
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function increasesOf(socket: WebSocket, data: Buffer): Increase[] {
  const parsed = JSON.parse(data.toString()) as RequestFrame | RequestFrame[];
  const frames = Array.isArray(parsed) ? parsed : [parsed];
  return frames.map(({ id, input }) => ({ socket, id, amount: input.counters[0]?.value ?? 0 }));
}

export function answerText(id: number, value: number): string {
  return `{"id":${id},"output":{"counters":[{"key":"likes","value":${value}}],"version":${value}}}`;
}

function eventText(groupID: string, value: number): string {
  const counter = `{"key":"likes","value":${value},"version":${value}}`;
  return `{"event":"groupCounters","groupID":"${groupID}","version":${value},"counters":[${counter}],"deleted":[]}`;
}

/** Several frames of one socket in one message. */
export function joined(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(',')}]`;
}
