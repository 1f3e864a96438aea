/**
 * A storage that fails when a test says so.
 *
 * A fault `before` the write leaves nothing. A fault `after` it leaves everything and hides the answer: to the
 * caller both look the same, which is why he may only ask again with the same operation.
 */
import type { Storage } from '@muster/storage';

const WRITES = [
  'users.update',
  'users.kick',
  'devices.login',
  'devices.logout',
  'devices.seen',
  'groups.update',
  'groupCounters.update',
  'conversations.update',
] as const;

/** A write of the port, by feature and method. */
export type WriteMethod = (typeof WRITES)[number];

export interface Fault {
  at: 'before' | 'after';
  /** The writes that fail; all of them when absent. */
  method?: WriteMethod;
  /** How many writes fail, 1 when absent. */
  times?: number;
  /** What the caller is rejected with. */
  cause?: Error;
}

export interface StorageFaults {
  /** Makes writes to come fail; several faults are used up in the order in which they were asked for. */
  fail(fault: Fault): void;
  /** Keeps writes from beginning until the function it gives is called. */
  hold(method?: WriteMethod): () => void;
  /** Lets a hook decide over each write: what it throws is a fault at that point. It may be asynchronous. */
  intercept(hook: ((method: WriteMethod, at: 'before' | 'after') => void | Promise<void>) | undefined): void;
  /** Writes that wait because they are held. */
  readonly held: number;
  /** Faults that happened. */
  readonly failures: number;
  /** Forgets all faults to come and lets go of what is held. */
  clear(): void;
}

/** The fault that callers see unless a test gives another one. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
}

/** The storage, or engine, with faults. Reads, `check`, `maintain` and `close` are left as they are. */
export function faultyStorage<Kind extends Storage>(storage: Kind): { storage: Kind; faults: StorageFaults } {
  const faults = new Faults();
  const { users, devices, groups, groupCounters, conversations } = storage;
  const faulty: Kind = {
    ...storage,
    users: {
      ...users,
      update: (request) => faults.run('users.update', () => users.update(request)),
    },
    devices: {
      ...devices,
      login: (request) => faults.run('devices.login', () => devices.login(request)),
      logout: (device) => faults.run('devices.logout', () => devices.logout(device)),
      seen: (list, now) => faults.run('devices.seen', () => devices.seen(list, now)),
    },
    groups: { ...groups, update: (request) => faults.run('groups.update', () => groups.update(request)) },
    groupCounters: {
      ...groupCounters,
      update: (requests) => faults.run('groupCounters.update', () => groupCounters.update(requests)),
    },
    conversations: {
      ...conversations,
      update: (request) => faults.run('conversations.update', () => conversations.update(request)),
    },
  };
  return { storage: faulty, faults };
}

class Faults implements StorageFaults {
  private planned: (Fault & { left: number })[] = [];
  private holds = new Set<{
    method: WriteMethod | undefined;
    released: Promise<void>;
    release: () => void;
  }>();
  private hook: Parameters<StorageFaults['intercept']>[0];
  held = 0;
  failures = 0;

  fail(fault: Fault): void {
    this.planned.push({ ...fault, left: fault.times ?? 1 });
  }

  hold(method?: WriteMethod): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const hold = { method, released: promise, release: resolve };
    this.holds.add(hold);
    return () => {
      this.holds.delete(hold);
      resolve();
    };
  }

  intercept(hook: Parameters<StorageFaults['intercept']>[0]): void {
    this.hook = hook;
  }

  clear(): void {
    this.planned = [];
    this.hook = undefined;
    for (const hold of this.holds) hold.release();
    this.holds.clear();
  }

  /** Which fault a write meets is settled when it begins, so that it is the test's order that counts. */
  async run<Value>(method: WriteMethod, write: () => Promise<Value>): Promise<Value> {
    const fault = this.take(method);
    await this.wait(method);
    await this.pass(method, 'before', fault);
    const value = await write();
    await this.pass(method, 'after', fault);
    return value;
  }

  private take(method: WriteMethod): Fault | undefined {
    const fault = this.planned.find((planned) => planned.method === undefined || planned.method === method);
    if (!fault) return undefined;
    fault.left -= 1;
    if (fault.left === 0) this.planned = this.planned.filter((planned) => planned !== fault);
    return fault;
  }

  private async wait(method: WriteMethod): Promise<void> {
    const holds = [...this.holds].filter((hold) => hold.method === undefined || hold.method === method);
    if (holds.length === 0) return;
    this.held += 1;
    await Promise.all(holds.map(({ released }) => released));
    this.held -= 1;
  }

  private async pass(method: WriteMethod, at: 'before' | 'after', fault: Fault | undefined): Promise<void> {
    try {
      if (this.hook) await this.hook(method, at);
      if (fault?.at === at)
        throw fault.cause ?? new InjectedFault(`A fault ${at} ${method}, as the test wants it.`);
    } catch (cause) {
      this.failures += 1;
      throw cause;
    }
  }
}
