/** Handlers and the events they hear (DI3). */
import { refuse, text } from './arguments.ts';
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

export interface Events extends Raiser {
  on(name: unknown, handler: unknown, context: unknown, once?: boolean): void;
  off(name: string, handler: unknown, context: unknown): void;
  /** Raises as long as it is wanted: a handler may end what the events tell of. */
  during(isWanted: () => boolean): Raiser;
  clear(): void;
}

export function createEvents(log: Log): Events {
  const listening = new Map<string, readonly Listening[]>();
  const heardBy = (name: string) => listening.get(name) ?? [];
  const keep = (name: string, wanted: (one: Listening) => boolean) =>
    listening.set(name, heardBy(name).filter(wanted));
  const events: Events = {
    on(name, handler, context, once = false) {
      const added = { handler: handlerOf(handler), context, once };
      listening.set(text(name, 'eventName'), [...heardBy(name as string), added]);
    },
    off(name, handler, context) {
      keep(name, (one) => one.handler !== handler || (context !== undefined && one.context !== context));
    },
    /** Calls the handlers of the moment: one that is added or removed meanwhile changes nothing of this event. */
    raise(name, data, beside) {
      for (const one of heardBy(name)) {
        if (one.isOver) continue;
        if (one.once) {
          one.isOver = true;
          keep(name, (other) => other !== one);
        }
        try {
          one.handler.call(one.context, { name, data, ...beside });
        } catch (error) {
          log.error(`a handler of '${name}' threw`, error);
        }
      }
    },
    during: (isWanted) => ({ raise: (...told) => isWanted() && events.raise(...told) }),
    clear: () => listening.clear(),
  };
  return events;
}

const handlerOf = (handler: unknown): Handler =>
  typeof handler === 'function' ? (handler as Handler) : refuse('handler', 'a function');
