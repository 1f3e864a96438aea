import type { Duplex } from 'node:stream';
import { wireError } from '@muster/protocol';

/** Answers a socket that is not taken, and closes it. Nobody else looks after it: neither its faults nor its end. */
export function refuseSocket(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  const body = JSON.stringify(wireError(status === 404 ? 'UNKNOWN_COMMAND' : 'OVERLOADED'));
  const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nRetry-After: 1\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
