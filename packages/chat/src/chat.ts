/**
 * The public instance: an object of functions that need no `this`, so that methods work taken off it and through a
 * Proxy (DI3). Every method of 3.6.6 is there; those that are not built say so.
 */

import { EVENT } from './constants/event.ts';
import { conversationGroupMethods } from './conversation-groups/conversation-group-methods.ts';
import { conversationMethods } from './conversations/conversation-methods.ts';
import type { ChatSettings, Core } from './core.ts';
import { createEvents } from './events.ts';
import { callExperimentalAPI } from './experimental.ts';
import { groupCounterMethods } from './group-counters/group-counter-methods.ts';
import { groupAttributeMethods } from './groups/group-attribute-methods.ts';
import { groupMemberMethods } from './groups/group-member-methods.ts';
import { groupMethods } from './groups/group-methods.ts';
import { createLog } from './log.ts';
import { Mirror } from './memory/mirror.ts';
import { messageMethods } from './messages/message-methods.ts';
import { seenMessages } from './messages/seen-messages.ts';
import { createRaising } from './raising.ts';
import type { Surroundings } from './surroundings.ts';
import { createCallRate } from './sync/call-rate.ts';
import { createCalls } from './sync/calls.ts';
import { createSession } from './sync/session.ts';
import type { ChatSDK } from './types/chat-sdk.ts';
import { unsupportedMethods } from './unsupported.ts';
import { userMethods } from './users/user-methods.ts';

type Method = (...given: never[]) => unknown;

/** The only methods that may throw: their callers have no promise to catch (DI3). */
const THROWING = /^on|^create\w+Message$/;

export function createChat(settings: ChatSettings, around: Surroundings): ChatSDK {
  const core = createCore(settings, around);
  const { log, events } = core;
  const methods: Record<string, Method> = {
    ...unsupportedMethods(),
    ...userMethods(core),
    ...groupMethods(core),
    ...groupMemberMethods(core),
    ...groupCounterMethods(core),
    ...groupAttributeMethods(core),
    ...messageMethods(core),
    ...conversationMethods(core),
    ...conversationGroupMethods(core),
    async destroy() {
      settings.onDestroy();
      await core.session.destroy();
      events.raise(EVENT.SDK_DESTROY, { SDKAppID: settings.SDKAppID });
      events.clear();
    },
    callExperimentalAPI,
    on: (name: string, handler: unknown, context?: unknown) => events.on(name, handler, context),
    once: (name: string, handler: unknown, context?: unknown) => events.on(name, handler, context, true),
    off: events.off,
    setLogLevel: log.setLevel,
    registerPlugin: (plugins: object) => {
      for (const name of Object.keys(plugins ?? {})) log.ignore('registerPlugin', name);
    },
    use: () => log.ignore('use', 'plugin'),
  };
  for (const [name, method] of Object.entries(methods)) {
    if (!THROWING.test(name)) methods[name] = neverThrowing(method);
  }
  return methods as unknown as ChatSDK;
}

/** The parts find each other in it when they run. */
function createCore(settings: ChatSettings, around: Surroundings): Core {
  const log = createLog();
  const events = createEvents(log);
  const core = {
    ...settings,
    around,
    log,
    events,
    mirror: new Mirror(),
    rate: createCallRate(around.now),
  } as Core;
  core.seen = seenMessages(core);
  core.calls = createCalls(core);
  core.session = createSession(core, createRaising(core));
  return core;
}

/** What is wrong with the arguments is a rejection too (DI3). A promise of the method itself is handed on as it is. */
function neverThrowing(method: Method): Method {
  return (...given) => {
    try {
      return method(...given);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}
