/** A server and the people of a test: originals and devices of ours, all gone when it ends. */
import { type Muster, type MusterOptions, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Caller } from './caller.ts';
import { Original } from './original.ts';

export interface Cast<One extends Caller = Original> {
  server: Muster;
  /** The original SDK, logged in and ready, under a userID that nobody else has. */
  original(name: string, options?: object): Promise<One>;
  /** One more device of a user. */
  another(userID: string, options?: object): Promise<One>;
  userID(name: string): string;
}

/** Where the stories of a suite happen. */
export interface Place {
  /** What their titles call it. */
  name: string;
  /** The address of another database than one in memory. */
  storage?: () => Promise<string>;
  /** Logs the original SDK in somewhere else than in a process of Node. */
  login?: (userID: string, server: Muster) => Promise<Caller>;
}

/** Starts a server for the tests of a file. */
export function withCast(options: MusterOptions = {}): Cast {
  return castOf(options, { name: 'Node' }, Original.login);
}

/** The same in some other place. */
export function withCastIn(place: Place, options: MusterOptions = {}): Cast<Caller> {
  return castOf<Caller>(options, place, place.login ?? Original.login);
}

function castOf<One extends Caller>(
  options: MusterOptions,
  { storage }: Place,
  login: (userID: string, server: Muster, options: object) => Promise<One>,
): Cast<One> {
  const originals: One[] = [];
  let people = 0;
  const cast = {
    async original(name: string, more: object = {}) {
      return cast.another(cast.userID(name), more);
    },
    async another(userID: string, more: object = {}) {
      const original = await login(userID, cast.server, more);
      originals.push(original);
      return original;
    },
    userID(name: string) {
      people += 1;
      return `${name}${people}`;
    },
  } as Cast<One>;
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
