/** A server and the people of a test: originals and devices of ours, all gone when it ends. */
import { type Muster, type MusterOptions, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { Original } from './original.ts';

export interface Cast {
  server: Muster;
  /** The original SDK, logged in and ready, under a userID that nobody else has. */
  original(name: string, options?: object): Promise<Original>;
  /** One more device of a user. */
  another(userID: string, options?: object): Promise<Original>;
  userID(name: string): string;
}

/** Starts a server for the tests of a file; `storage` gives the address of another database than one in memory. */
export function withCast(options: MusterOptions = {}, storage?: () => Promise<string>): Cast {
  const originals: Original[] = [];
  let people = 0;
  const cast = {
    async original(name: string, more: object = {}) {
      return cast.another(cast.userID(name), more);
    },
    async another(userID: string, more: object = {}) {
      const original = await Original.login(userID, cast.server, more);
      originals.push(original);
      return original;
    },
    userID(name: string) {
      people += 1;
      return `${name}${people}`;
    },
  } as Cast;
  beforeAll(async () => {
    cast.server = await startMuster(storage ? { ...options, storage: await storage() } : options);
  });
  afterEach(() => {
    for (const original of originals.splice(0)) original.end();
  });
  afterAll(() => cast.server.close());
  return cast;
}

let ids = 0;

/** A fresh groupID of a type. */
export function groupIDOf(type: string): string {
  ids += 1;
  return type === 'Community' ? `@TGS#_c${ids}` : `g${ids}`;
}
