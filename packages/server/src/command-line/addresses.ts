import { createServer } from 'node:net';

/** Addresses that mean every one of this machine, and the one to call it by. */
const EVERYWHERE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** The host and port of a listening server as they stand in a URL that can be opened here. */
export function urlAddress({ host, port }: { host: string; port: number }): string {
  const name = EVERYWHERE.get(host) ?? host;
  return `${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const PORTS_TRIED_MAX = 100;

/** The first port from this one on that nobody listens on; the port itself when none is found. */
export async function freePort(host: string, first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED_MAX; port += 1) {
    if (await isFree(host, port)) return port;
  }
  return first;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code !== 'EADDRINUSE'));
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}
