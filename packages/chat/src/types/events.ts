/** Events: the payload of each, and listening to them (DI3). */
import type { EVENT } from '../constants/event.ts';
import type { Conversation } from './conversations.ts';
import type { GroupAttributes } from './group-attributes.ts';
import type { CounterValue } from './group-counters.ts';
import type { Group } from './groups.ts';
import type { AnyMessage, Message } from './messages.ts';
import type { ChatError } from './results.ts';
import type { FollowList, Friend, FriendApplication, FriendGroup, Topic } from './unsupported.ts';
import type { Profile, UserInfo } from './users.ts';
import type { KickedOutType, MessageRemindType, NetState } from './vocabulary.ts';

/** The `data` of each event, by the event's value. Those that say so are never raised by us. */
export interface EventPayloads<Value extends CounterValue = number> {
  [EVENT.SDK_READY]: undefined;
  [EVENT.SDK_NOT_READY]: undefined;
  [EVENT.SDK_DESTROY]: { SDKAppID: number };
  [EVENT.MESSAGE_RECEIVED]: AnyMessage[];
  [EVENT.MESSAGE_MODIFIED]: AnyMessage[];
  [EVENT.MESSAGE_REVOKED]: AnyMessage[];
  [EVENT.MESSAGE_READ_BY_PEER]: AnyMessage[];
  /** All of them; `isSyncCompleted` stands beside `data`. */
  [EVENT.CONVERSATION_LIST_UPDATED]: Conversation[];
  [EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED]: number;
  /** All names, in creation order. */
  [EVENT.CONVERSATION_GROUP_LIST_UPDATED]: string[];
  /** All conversations that are now in it. */
  [EVENT.CONVERSATION_IN_GROUP_UPDATED]: { groupName: string; conversationList: Conversation[] };
  [EVENT.GROUP_LIST_UPDATED]: Group[];
  /** All attributes, and the keys of those that changed. */
  [EVENT.GROUP_ATTRIBUTES_UPDATED]: {
    groupID: string;
    groupAttributes: GroupAttributes;
    updatedKeyList: string[];
    deletedKeyList: string[];
  };
  /** For one key the version only rises (GC12); in a busy group one event may stand for several changes (GC13). */
  [EVENT.GROUP_COUNTER_UPDATED]: { groupID: string; key: string; value: Value; version: number };
  [EVENT.GROUP_COUNTER_DELETED]: { groupID: string; key: string; version: number };
  [EVENT.PROFILE_UPDATED]: Profile[];
  [EVENT.KICKED_OUT]: { type: KickedOutType };
  [EVENT.ERROR]: ChatError;
  [EVENT.NET_STATE_CHANGE]: { state: NetState };

  // Never raised: the shapes are the original's.
  [EVENT.ROOM_CUSTOM_DATA_RECEIVED]: string;
  [EVENT.MESSAGE_READ_RECEIPT_RECEIVED]: Array<{
    messageID: string;
    userID?: string;
    groupID?: string;
    isPeerRead?: boolean;
    readCount?: number;
    unreadCount?: number;
    timestamp?: number;
  }>;
  [EVENT.MESSAGE_EXTENSIONS_UPDATED]: {
    messageID: string;
    extensions: Array<{ key: string; value: string }>;
  };
  [EVENT.MESSAGE_EXTENSIONS_DELETED]: { messageID: string; keyList: string[] };
  [EVENT.MESSAGE_REACTIONS_UPDATED]: { messageID: string; reactionList: MessageReaction[] };
  [EVENT.TOPIC_CREATED]: { groupID: string; topicID: string };
  [EVENT.TOPIC_DELETED]: { groupID: string; topicIDList: string[] };
  [EVENT.TOPIC_UPDATED]: { groupID: string; topic: Topic };
  [EVENT.USER_STATUS_UPDATED]: Array<{ userID: string; statusType: number; customStatus: string }>;
  [EVENT.BLACKLIST_UPDATED]: string[];
  [EVENT.FRIEND_LIST_UPDATED]: Friend[];
  [EVENT.FRIEND_GROUP_LIST_UPDATED]: FriendGroup[];
  [EVENT.FRIEND_APPLICATION_LIST_UPDATED]: {
    friendApplicationList: FriendApplication[];
    unreadCount: number;
  };
  [EVENT.MY_FOLLOWERS_LIST_UPDATED]: FollowList;
  [EVENT.MY_FOLLOWING_LIST_UPDATED]: FollowList;
  [EVENT.MUTUAL_FOLLOWERS_LIST_UPDATED]: FollowList;
  [EVENT.ALL_RECEIVE_MESSAGE_OPT_UPDATED]: {
    messageRemindType: MessageRemindType;
    startHour: number;
    startMinute: number;
    startSecond: number;
    duration: number;
  };
  [EVENT.SERVER_CONFIG_UPDATED]: { config: Record<string, string> };
  [EVENT.PINNED_GROUP_MESSAGE_UPDATED]: {
    groupID: string;
    message: Message;
    isPinned: boolean;
    operatorInfo: UserInfo;
  };
}

export interface MessageReaction {
  reactionID: string;
  totalUserCount: number;
  partialUserList: UserInfo[];
  reactedByMyself: boolean;
}

export type EventName = keyof EventPayloads;

/** What stands beside `name` and `data`. */
interface EventExtras {
  [EVENT.CONVERSATION_LIST_UPDATED]: {
    /** Whether the list is whole: with us it always is (US4). */
    isSyncCompleted: boolean;
  };
}

/** What a handler is given. */
export type ChatEvent<Name extends EventName = EventName, Value extends CounterValue = number> = {
  [Each in Name]: { name: Each; data: EventPayloads<Value>[Each] } & (Each extends keyof EventExtras
    ? EventExtras[Each]
    : unknown);
}[Name];

export type EventHandler<Name extends EventName, Value extends CounterValue, Context> = (
  this: Context,
  event: ChatEvent<Name, Value>,
) => void;

/** What the original's typings take for a handler; it has no narrower name in TypeScript. */
// biome-ignore lint/complexity/noBannedTypes: handlers annotated as `Function` must go on compiling.
export type UntypedHandler = Function;

/** Nothing here waits for a login. Handlers are called with `this` as `context`; one that throws stops no other. */
export interface EventMethods<Value extends CounterValue = number> {
  /** Calls the handler at each event of this name. Throws when the handler is not a function. */
  on<Name extends EventName, Context = unknown>(
    eventName: Name,
    handler: EventHandler<Name, Value, Context>,
    context?: Context,
  ): void;
  on(eventName: string, handler: UntypedHandler, context?: unknown): void;

  /** Calls the handler at the next event of this name only. */
  once<Name extends EventName, Context = unknown>(
    eventName: Name,
    handler: EventHandler<Name, Value, Context>,
    context?: Context,
  ): void;
  once(eventName: string, handler: UntypedHandler, context?: unknown): void;

  /** Forgets a handler that was given with this name, and with this context if one was. */
  off<Name extends EventName, Context = unknown>(
    eventName: Name,
    handler: EventHandler<Name, Value, Context>,
    context?: Context,
  ): void;
  off(eventName: string, handler: UntypedHandler, context?: unknown): void;
}
