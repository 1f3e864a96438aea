/** From what changed in the mirror to the events of an app (GC11, CG14). */
import { EVENT } from './constants/event.ts';
import { conversationListOf, totalUnreadOf } from './conversation-of.ts';
import { copyOf } from './copy-of.ts';
import type { Core, CounterValues } from './core.ts';
import type { Raiser } from './events.ts';
import { counterValueOf } from './group-counters/counter-values.ts';
import { groupOf } from './group-of.ts';
import { fetchAttributes } from './groups/group-attribute-methods.ts';
import type { ConversationGroupNews } from './memory/conversation-groups.ts';
import { type ConversationNews, conversationOfGroup } from './memory/conversations.ts';
import type { CounterRise } from './memory/counters.ts';
import { isListed } from './memory/groups.ts';
import type { Mirror } from './memory/mirror.ts';
import { messageRaiser } from './messages/raise-messages.ts';
import * as OWN_LIMITS from './own-limits.ts';

/** All groups of the list, as an app sees them. */
export function groupListOf(mirror: Mirror) {
  return [...mirror.heldGroups.values()]
    .filter(isListed)
    .map((group) => groupOf(group, mirror.heldConversations.get(conversationOfGroup(group.profile.groupID))));
}

export interface Raising {
  /** Raises everything, and asks for what was missed of counters and attributes. */
  changes(events: Raiser, isReady: boolean): void;
  /** What there is, for the first time (US4). */
  firstSight(events: Raiser): void;
}

export function createRaising(core: Core): Raising {
  const { mirror, around } = core;
  const raiseMessages = messageRaiser(core);
  let total = 0;
  /** Ends the time for which messages alone do not raise the list again; what came within it is told at its end. */
  let clearPause: (() => void) | undefined;
  let isWaiting = false;

  const tellList = (events: Raiser) => {
    clearPause?.();
    isWaiting = false;
    clearPause = around.after(OWN_LIMITS.conversationList_ms, () => {
      clearPause = undefined;
      if (!isWaiting) return;
      tellList(events);
      tellTotal(events);
    });
    events.raise(EVENT.CONVERSATION_LIST_UPDATED, conversationListOf(mirror), { isSyncCompleted: true });
  };
  const tellNames = (events: Raiser) =>
    events.raise(EVENT.CONVERSATION_GROUP_LIST_UPDATED, mirror.heldConversationGroups.names());
  const tellTotal = (events: Raiser) => {
    const before = total;
    total = totalUnreadOf(mirror);
    if (total !== before) events.raise(EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED, total);
  };
  const tellConversations = (events: Raiser, news: ConversationNews, groups: ConversationGroupNews) => {
    if (groups.isChanged) tellNames(events);
    if (groups.isChanged || news === 'all' || (news && !clearPause)) tellList(events);
    else if (news) isWaiting = true;
    for (const id of groups.memberIDs) {
      const group = mirror.heldConversationGroups.all.get(id);
      if (!group) continue;
      const { groupName, memberIDs } = group;
      const conversationList = conversationListOf(mirror, ({ state }) => memberIDs.has(state.conversationID));
      events.raise(EVENT.CONVERSATION_IN_GROUP_UPDATED, { groupName, conversationList });
    }
    if (!isWaiting) tellTotal(events);
  };

  return {
    changes(events, isReady) {
      const news = mirror.takeChanges();
      if (news.profileNews && mirror.profile) events.raise(EVENT.PROFILE_UPDATED, [copyOf(mirror.profile)]);
      // Before SDK_READY the first lists, which are on their way, show it (US4).
      if (isReady) {
        if (news.groupListNews) events.raise(EVENT.GROUP_LIST_UPDATED, groupListOf(mirror));
        tellConversations(events, news.conversationNews, news.conversationGroupNews);
      }
      for (const rise of news.rises) raiseCounter(events, rise, core.counterValues);
      for (const { groupAttributes, ...told } of news.attributeNews) {
        events.raise(EVENT.GROUP_ATTRIBUTES_UPDATED, {
          ...told,
          groupAttributes: Object.fromEntries(groupAttributes),
        });
      }
      raiseMessages(news.heard, events);
      // A handler may have logged out.
      if (!core.session.userID) return;
      for (const groupID of news.missing) {
        // When the login ends before the answer, nobody wants it any more.
        core.calls
          .ask('getGroupCounters', { groupID }, { apply: (set) => mirror.applyCounterSet(groupID, set) })
          .catch(() => {});
      }
      for (const groupID of news.overtaken)
        fetchAttributes(core, groupID).catch(() => mirror.heldAttributes.overtake(groupID));
    },
    firstSight(events) {
      total = totalUnreadOf(mirror);
      tellList(events);
      events.raise(EVENT.GROUP_LIST_UPDATED, groupListOf(mirror));
      tellNames(events);
    },
  };
}

function raiseCounter(
  events: Raiser,
  { groupID, key, version, value }: CounterRise,
  values: CounterValues,
): void {
  if (value === undefined) events.raise(EVENT.GROUP_COUNTER_DELETED, { groupID, key, version });
  else
    events.raise(EVENT.GROUP_COUNTER_UPDATED, {
      groupID,
      key,
      value: counterValueOf(value, values),
      version,
    });
}
