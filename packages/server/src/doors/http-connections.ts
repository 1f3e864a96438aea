import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { type AddressLimit, AddressPlaces } from './address-places.ts';
import { refuseSocket } from './refuse-socket.ts';

/** Bounds the HTTP connections of an address, idle ones and slow ones too. One that is upgraded is HTTP no longer. */
export function boundHttpConnections(server: Server, limit: AddressLimit): void {
  const places = new AddressPlaces(limit);
  const held = new WeakMap<object, () => void>();
  server.on('connection', (socket: Socket) => {
    const release = places.take(socket.remoteAddress);
    if (!release) {
      refuseSocket(socket, 429);
      return;
    }
    held.set(socket, release);
    socket.once('close', release);
  });
  server.on('upgrade', ({ socket }) => held.get(socket)?.());
}
