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

interface Wanted {
  host: string;
  port: number;
}

/** Starts on this port, or on the next one that nobody listens on. */
export async function startOnFreePort<Server>(
  { host, port: first }: Wanted,
  start: (port: number) => Promise<Server>,
): Promise<Server> {
  const last = first + PORTS_TRIED_MAX;
  for (let port = first; port < last; port += 1) {
    if (!(await isFree(host, port))) continue;
    try {
      return await start(port);
    } catch (cause) {
      // Another one, started at the same moment, was faster.
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    }
  }
  return start(last);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code !== 'EADDRINUSE'));
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}
