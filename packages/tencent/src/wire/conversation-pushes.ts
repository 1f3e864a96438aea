/** What the user changes of his conversations and conversation groups, on its way to his other devices. */
import { type ConversationState, type LoggedEvent, parseConversationID } from '@muster/protocol';
import { markBits } from './conversations.ts';
import type { Body } from './frame.ts';
import type { WireMemory } from './memory.ts';
import { contactOf } from './messages.ts';
import type { EventPlace } from './pushes.ts';

/** Of no meaning to the client, which looks at what an event holds. */
const CONTACTS = 11;
const NOTICE = 10;
const GROUP_NOTICE = 5;
const SECOND_MS = 1_000;

const DELETED = 1;
const PINNED = 2;
const UNPINNED = 3;
const MARKED = 4;
const CREATED = 5;
const GROUP_DELETED = 6;
const CHANGED = 7;

type Event<Name extends LoggedEvent['name']> = Extract<LoggedEvent, { name: Name }>;

/** The device that did it has changed its picture by itself; the memory follows all the same. */
export function conversationEvents(event: LoggedEvent, place: EventPlace): Body[] {
  const told = changesOf(event, place);
  return 'by' in event && event.by?.device === place.device ? [] : told;
}

function changesOf(event: LoggedEvent, place: EventPlace): Body[] {
  switch (event.name) {
    case 'conversationsUpdated':
      return event.conversations.flatMap((state) => stateChanges(state, place));
    case 'conversationGroupCreated':
      return [created(event, place.memory)];
    case 'conversationGroupDeleted':
      return deleted(event, place.memory);
    case 'conversationGroupRenamed':
      return renamed(event, place.memory);
    case 'conversationGroupMembersUpdated':
      return membersUpdated(event, place.memory);
    default:
      return [];
  }
}

const contactsEvent = (mod: Body): Body => ({ Event: CONTACTS, RecentContactMod: [mod] });

/** Pushes name a group otherwise than answers do, and some of them a user. */
function pushedContact(conversationID: string): Body {
  const contact = contactOf(conversationID, 'GroupId');
  return contact.Type === 1 ? { ...contact, UserId: contact.To_Account } : contact;
}

function stateChanges(state: ConversationState, { memory, now }: EventPlace): Body[] {
  const before = memory.states.get(state.conversationID);
  memory.states.set(state.conversationID, state);
  const contact = pushedContact(state.conversationID);
  const events: Body[] = [];
  if (state.hiddenThrough > (before?.hiddenThrough ?? neverHidden(state))) {
    const list = { RecentContactList: [contact] };
    return [contactsEvent({ PushType: DELETED, RecentContactDeleteItem: list })];
  }
  if (state.isPinned !== (before?.isPinned ?? false)) {
    const list = { RecentContactList: [contact] };
    const PushType = state.isPinned ? PINNED : UNPINNED;
    events.push(contactsEvent({ PushType, RecentContactTopItem: list }));
  }
  if (isMarkedAnew(before, state)) events.push(contactsEvent({ PushType: MARKED, ...marked(state) }));
  if (state.read.sequence > (before?.read.sequence ?? 0)) events.push(readElsewhere(state, now));
  return events;
}

/** As it stands in a conversation that was never deleted. */
function neverHidden({ conversationID }: ConversationState): number {
  return parseConversationID(conversationID)?.type === 'GROUP' ? -1 : 0;
}

function isMarkedAnew(before: ConversationState | undefined, after: ConversationState): boolean {
  return (
    markBits(after.markList) !== markBits(before?.markList ?? []) ||
    after.customData !== (before?.customData ?? '')
  );
}

const MARKS_AND_DATA = 3;

function marked(state: ConversationState): Body {
  const item = {
    RecentContactItem: pushedContact(state.conversationID),
    OptType: MARKS_AND_DATA,
    StandardMark: markBits(state.markList),
    CustomMark: state.customData,
  };
  return { RecentContactMarkContact: { RecentContactMarkContactItem: [item] } };
}

/** One-to-one messages are read up to a time, those of a group up to a number. */
function readElsewhere({ conversationID, read }: ConversationState, now: number): Body {
  const named = parseConversationID(conversationID);
  if (named?.type !== 'GROUP') {
    const pair = { From_Account: named?.userID ?? '', LastReadTime: Math.floor(now / SECOND_MS) };
    return {
      Event: NOTICE,
      C2cNotifyMsgArray: [{ ReadC2cMsgNotify: { UinPairReadArray: [pair] } }],
    };
  }
  const { groupID } = named;
  const info = { GroupId: groupID, LastReadMsgSeq: read.sequence };
  const tips = {
    ToGroupId: groupID,
    GroupInfo: { GroupId: groupID },
    MsgBody: { GroupReadInfoArray: [info] },
  };
  return { Event: GROUP_NOTICE, GroupTips: [tips] };
}

function created({ conversationGroup }: Event<'conversationGroupCreated'>, memory: WireMemory): Body {
  const { conversationGroupID, groupName, conversationIDList } = conversationGroup;
  memory.groupNames.set(conversationGroupID, groupName);
  const item = {
    MsgGroupItem: { GroupId: conversationGroupID, GroupName: groupName },
    MsgRecentContactItem: conversationIDList.map(pushedContact),
  };
  return contactsEvent({
    PushType: CREATED,
    RecentContactCreateContactGroup: { MsgContactGroupContactItem: [item] },
  });
}

function deleted({ conversationGroupID }: Event<'conversationGroupDeleted'>, memory: WireMemory): Body[] {
  const name = memory.groupNames.get(conversationGroupID);
  memory.groupNames.delete(conversationGroupID);
  return name === undefined ? [] : [deletedGroups([{ conversationGroupID, groupName: name }])];
}

/** That conversation groups are gone. The client adds to its list and forgets nothing that it is not told of. */
export function deletedGroups(groups: readonly { conversationGroupID: number; groupName: string }[]): Body {
  const items = groups.map(({ conversationGroupID, groupName }) => ({
    GroupId: conversationGroupID,
    GroupName: groupName,
  }));
  return contactsEvent({
    PushType: GROUP_DELETED,
    RecentContactDelContactGroup: { MsgGroupItem: items },
  });
}

const RENAME = 1;
const MEMBERS = 2;
const OF_A_GROUP = 1;

function renamed(
  { conversationGroupID, groupName }: Event<'conversationGroupRenamed'>,
  memory: WireMemory,
): Body[] {
  const oldName = memory.groupNames.get(conversationGroupID);
  memory.groupNames.set(conversationGroupID, groupName);
  if (oldName === undefined) return [];
  const change = {
    UpdateGroupType: RENAME,
    GroupId: conversationGroupID,
    GroupName: groupName,
    OldGroupName: oldName,
  };
  return [changed(change)];
}

const ADD = 1;
const TAKE_OUT = 2;

function membersUpdated(
  { conversationGroupID, added, removed }: Event<'conversationGroupMembersUpdated'>,
  memory: WireMemory,
): Body[] {
  const name = memory.groupNames.get(conversationGroupID);
  if (name === undefined) return [];
  const items = (ids: readonly string[], ContactOptType: number): Body[] =>
    ids.map((id) => ({ ContactOptType, RecentContactItem: pushedContact(id) }));
  const change = {
    UpdateGroupType: MEMBERS,
    GroupId: conversationGroupID,
    OldGroupName: name,
    RecentContactUpdateGroupItem: [...items(added, ADD), ...items(removed, TAKE_OUT)],
  };
  return [changed(change)];
}

const changed = (change: Body): Body =>
  contactsEvent({
    PushType: CHANGED,
    RecentContactUpdateContactGroup: { UpdateType: OF_A_GROUP, MsgUpdateGroup: change },
  });
