/**
 * The public instance: an object of functions that need no `this`, so that methods work taken off it and through a
 * Proxy (DI3). Every method of 3.6.6 is there; those that are not built say so.
 */

import { EVENT } from './constants/event.ts';
import { conversationGroupMethods } from './conversation-groups/conversation-group-methods.ts';
import { conversationMethods } from './conversations/conversation-methods.ts';
import type { Core } from './core.ts';
import { createEvents, type Events } from './events.ts';
import { callExperimentalAPI } from './experimental.ts';
import { groupCounterMethods } from './group-counters/group-counter-methods.ts';
import { fetchAttributes, groupAttributeMethods } from './groups/group-attribute-methods.ts';
import { groupMemberMethods } from './groups/group-member-methods.ts';
import { groupMethods } from './groups/group-methods.ts';
import { groupOf } from './groups/group-of.ts';
import { createLog } from './log.ts';
import { Mirror } from './memory/mirror.ts';
import { messageMethods } from './messages/message-methods.ts';
import { messageRaiser } from './messages/raise-messages.ts';
import { seenMessages } from './messages/seen-messages.ts';
import { type CounterValues, createRaising } from './raising.ts';
import type { Surroundings } from './surroundings.ts';
import { createCallRate } from './sync/call-rate.ts';
import { createCalls } from './sync/calls.ts';
import { createSession, type Session } from './sync/session.ts';
import type { ChatSDK } from './types/chat-sdk.ts';
import { unsupportedMethods } from './unsupported.ts';
import { userMethods } from './users/user-methods.ts';

export interface ChatSettings {
  SDKAppID: number;
  /** Of the socket door: `ws://host:port/ws`. */
  url: string;
  counterValues: CounterValues;
  unlimitedAVChatRoom: boolean;
  /** Takes the instance out of the registry. */
  onDestroy(): void;
}

type Method = (...given: never[]) => unknown;

/** The only methods that may throw: their callers have no promise to catch (DI3). */
const THROWING = /^on|^create\w+Message$/;

export function createChat(settings: ChatSettings, around: Surroundings): ChatSDK {
  const log = createLog();
  const events = createEvents(log);
  const core = createCore(settings, around, log, events);
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

function createCore(
  { url, SDKAppID, counterValues, unlimitedAVChatRoom }: ChatSettings,
  around: Surroundings,
  log: Core['log'],
  events: Events,
): Core {
  const mirror = new Mirror();
  const rate = createCallRate(around.now);
  const userID = () => session.userID;
  const seen = seenMessages((conversationID) => mirror.heldConversations.get(conversationID), userID);
  const raiseMessages = messageRaiser({
    viewOf: (groupID) => mirror.heldGroups.get(groupID),
    groupOf,
    seen,
    userID,
    device: () => session.device,
    now: () => session.serverTime,
    random: around.random,
  });
  const raising = createRaising({ mirror, around, values: counterValues, raiseMessages });
  const session: Session = createSession({
    url,
    SDKAppID,
    around,
    log,
    events,
    mirror,
    rate,
    onFirstSight: raising.firstSight,
    onChanges: (told, isReady) => {
      const { missing, overtaken } = raising.changes(told, isReady);
      // A handler may have logged out.
      if (session.userID === '') return;
      for (const groupID of missing) refetch(groupID);
      for (const groupID of overtaken)
        fetchAttributes({ calls, mirror }, groupID).catch(() => mirror.heldAttributes.overtake(groupID));
    },
  });
  const calls = createCalls(session, rate, mirror);
  const refetch = (groupID: string) =>
    // When the login ends before the answer, nobody wants it any more.
    calls
      .ask('getGroupCounters', { groupID }, { apply: (set) => mirror.applyCounterSet(groupID, set) })
      .catch(() => {});
  return { session, calls, mirror, seen, around, log, counterValues, unlimitedAVChatRoom };
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
