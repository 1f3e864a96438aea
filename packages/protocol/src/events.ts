/**
 * Every event that the server tells a device, in one table.
 *
 * `logged` events each count: they are numbered within their scope, stored in the transaction that makes them and
 * reach a device in order, exactly once (DL4). `latest` events tell the newest value only (GC13). `session` events
 * concern one connection. `passing` events reach those who are connected and are kept nowhere (MS3, MS5).
 */
export interface EventRow {
  class: 'logged' | 'latest' | 'session' | 'passing';
  scope: 'user' | 'group' | 'none';
  /** The events of the SDK that it raises there. */
  raises: readonly string[];
  doc: string;
}

export const EVENTS = {
  profileUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['PROFILE_UPDATED'],
    doc: 'The user changed his own profile.',
  },
  groupJoined: {
    class: 'logged',
    scope: 'user',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The user is in a group now: he created it, joined it, or was added.',
  },
  groupLeft: {
    class: 'logged',
    scope: 'user',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The user is no longer in a group: he quit it or was removed.',
  },
  groupProfileUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The profile of a group changed.',
  },
  groupMembersUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'Members joined or left, or the role of one changed.',
  },
  groupMemberUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The name card of a member changed, or the time until which he is muted.',
  },
  groupAttributesUpdated: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_ATTRIBUTES_UPDATED'],
    doc: 'Attributes of a group were written or deleted: all that there are now, and the keys of what changed.',
  },
  groupDismissed: {
    class: 'logged',
    scope: 'group',
    raises: ['GROUP_LIST_UPDATED'],
    doc: 'The group was dismissed. Nothing of the group follows.',
  },
  groupCounters: {
    class: 'latest',
    scope: 'group',
    raises: ['GROUP_COUNTER_UPDATED', 'GROUP_COUNTER_DELETED'],
    doc: 'Counters of a group changed or were deleted.',
  },
  messageSent: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_RECEIVED', 'CONVERSATION_LIST_UPDATED', 'TOTAL_UNREAD_MESSAGE_COUNT_UPDATED'],
    doc: "A message was said: in a group's log, or for one-to-one in the logs of both users.",
  },
  messageRevoked: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_REVOKED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A message was taken back, told where it was told.',
  },
  messageModified: {
    class: 'logged',
    scope: 'group',
    raises: ['MESSAGE_MODIFIED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A message has another payload or other custom data, told where it was told.',
  },
  messagesDeleted: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_LIST_UPDATED'],
    doc: 'The user took messages out of his history.',
  },
  messageReadByPeer: {
    class: 'logged',
    scope: 'user',
    raises: ['MESSAGE_READ_BY_PEER', 'CONVERSATION_LIST_UPDATED'],
    doc: "The other side of a one-to-one conversation has read the user's messages.",
  },
  conversationsUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_LIST_UPDATED', 'TOTAL_UNREAD_MESSAGE_COUNT_UPDATED'],
    doc: 'What only the user changes of his conversations: read marks, pins, marks, deletion and the like.',
  },
  conversationGroupCreated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'The user has one more conversation group.',
  },
  conversationGroupDeleted: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'The user has one conversation group less.',
  },
  conversationGroupRenamed: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED'],
    doc: 'A conversation group has another name.',
  },
  conversationGroupMembersUpdated: {
    class: 'logged',
    scope: 'user',
    raises: ['CONVERSATION_GROUP_LIST_UPDATED', 'CONVERSATION_LIST_UPDATED', 'CONVERSATION_IN_GROUP_UPDATED'],
    doc: 'Conversations were put into a conversation group, or taken out of it.',
  },
  onlineMessage: {
    class: 'passing',
    scope: 'none',
    raises: ['MESSAGE_RECEIVED'],
    doc: 'A message that is not stored: of an AVChatRoom (MS3), or for connected devices only (MS5).',
  },
  roomTip: {
    class: 'passing',
    scope: 'none',
    raises: ['MESSAGE_RECEIVED'],
    doc: 'Somebody came into an AVChatRoom or left it (MS4).',
  },
  groupSnapshot: {
    class: 'session',
    scope: 'none',
    raises: ['GROUP_LIST_UPDATED', 'GROUP_ATTRIBUTES_UPDATED'],
    doc: 'Replaces what the device had of one group, when its log cannot tell what it missed.',
  },
  kickedOut: {
    class: 'session',
    scope: 'none',
    raises: ['KICKED_OUT', 'SDK_NOT_READY'],
    doc: 'This login has ended. The connection is closed after it.',
  },
  goodbye: {
    class: 'session',
    scope: 'none',
    raises: [],
    doc: 'The server is stopping or cuts this connection: connect again, within the window it names.',
  },
} as const satisfies Record<string, EventRow>;

export type EventName = keyof typeof EVENTS;
