/** Software of others runs in processes of its own that speak to this machine alone. */
import { Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Holds that an address is one of this machine, and makes whatever would leave it throw before a packet does. */
export function stayOnLoopback(proxyServer: string): void {
  if (new URL(proxyServer).hostname !== LOOPBACK) throw new Error(`not a server on loopback: ${proxyServer}`);
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as { host?: string }[];
    if (first?.host !== LOOPBACK) throw new Error(`this process dials ${JSON.stringify(first)}`);
    return connect.apply(this, args);
  };
  // Nothing here is to speak HTTP at all.
  globalThis.fetch = () => Promise.reject(new Error('this process fetches'));
}
