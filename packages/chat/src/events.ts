/** Handlers and the events they hear (DI3). */
import { invalidArgument } from './errors.ts';
import type { Log } from './log.ts';

type Handler = (this: unknown, event: object) => void;

interface Listening {
  handler: Handler;
  context: unknown;
  once: boolean;
  /** Whether one that hears once has heard: an event may be raised again while it is told. */
  isOver?: true;
}

/** What events are told through. */
export interface Raiser {
  raise(name: string, data: unknown, beside?: object): void;
}

export class Events implements Raiser {
  readonly #listening = new Map<string, readonly Listening[]>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  on(name: unknown, handler: unknown, context: unknown, once = false): void {
    if (typeof name !== 'string' || name === '') throw invalidArgument('eventName must be a string');
    if (typeof handler !== 'function') throw invalidArgument(`handler of '${name}' must be a function`);
    const added = { handler: handler as Handler, context, once };
    this.#listening.set(name, [...(this.#listening.get(name) ?? []), added]);
  }

  off(name: string, handler: unknown, context: unknown): void {
    this.#keep(name, (one) => one.handler !== handler || (context !== undefined && one.context !== context));
  }

  /** Calls the handlers of the moment: one that is added or removed meanwhile changes nothing of this event. */
  raise(name: string, data: unknown, beside?: object): void {
    for (const one of this.#listening.get(name) ?? []) {
      if (one.isOver) continue;
      if (one.once) {
        one.isOver = true;
        this.#keep(name, (other) => other !== one);
      }
      try {
        one.handler.call(one.context, { name, data, ...beside });
      } catch (error) {
        this.#log.error(`a handler of '${name}' threw`, error);
      }
    }
  }

  /** Raises as long as it is wanted: a handler may end what the events tell of. */
  during(isWanted: () => boolean): Raiser {
    return { raise: (...told) => isWanted() && this.raise(...told) };
  }

  clear(): void {
    this.#listening.clear();
  }

  #keep(name: string, wanted: (one: Listening) => boolean): void {
    this.#listening.set(name, (this.#listening.get(name) ?? []).filter(wanted));
  }
}
