/**
 * Which hosts may ask for a login in development: the names of this machine's loopback, and those that are named.
 *
 * The name in `Host` is what a browser believes it speaks to. A foreign page that has its own name point here
 * (DNS rebinding) is of one origin with us in the browser's eyes, and its name in `Host` is all that gives it away.
 */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/;
const ORIGIN = /^https?:\/\/([^/]+)$/;

/** Why a request is none of this machine's own, with what to do about it; undefined when it is. */
export function strangerFault(
  { host = '', origin }: { host?: string | undefined; origin?: string | undefined },
  devHosts: ReadonlySet<string>,
): string | undefined {
  if (!isDevHost(host, devHosts)) return `The Host ${advice(host)}`;
  if (origin === undefined) return undefined;
  const page = ORIGIN.exec(origin.toLowerCase())?.[1];
  if (page === undefined) {
    return 'The page that asks has no origin on this machine: serve it from http://localhost, not from a file.';
  }
  return isDevHost(page, devHosts) ? undefined : `The Origin ${advice(page)}`;
}

/** Whether a host, with a port or without, is one of this machine's own. */
export function isDevHost(host: string, devHosts: ReadonlySet<string>): boolean {
  const name = nameOf(host);
  return name !== undefined && (LOOPBACK.has(name) || devHosts.has(name));
}

function nameOf(host: string): string | undefined {
  return HOST.exec(host.toLowerCase())?.[1];
}

function advice(host: string): string {
  const name = nameOf(host);
  if (name === undefined) return 'is missing or malformed.';
  return `${name} is not this machine's. To allow it, start with MUSTER_DEV_HOSTS=${name} (commas separate several).`;
}
