import { expect, it } from 'vitest';
import { type ConversationEvent, Conversations, unreadCountOf } from '../../src/memory/conversations.ts';
import { conversationView } from '../fake-server.ts';
import { wireMessage } from '../messages/wire-message.ts';

const conversationID = 'GROUPg';
const { state } = conversationView(conversationID);

const said = (sequence: number, more = {}): ConversationEvent => ({
  name: 'messageSent',
  conversationID,
  message: wireMessage({ sequence, conversationType: 'GROUP', to: 'g', ...more }),
});

/** As it was said, unless something became of it. */
const ofGroupMessage = (sequence: number, more = {}) =>
  wireMessage({ sequence, conversationType: 'GROUP', to: 'g', atUserList: ['alice', 'bob'], ...more });

/** What the group tells, and what the user tells: each is in order, and nothing is between them (DL4). */
const ofGroup = [
  said(1, { atUserList: ['alice'] }),
  said(2, { from: 'alice' }),
  said(3, { excludedFromUnreadCount: true }),
  said(4, { atUserList: ['alice', 'bob'] }),
  said(5),
  {
    name: 'messageModified',
    conversationID,
    message: ofGroupMessage(4, { cloudCustomData: 'new' }),
  } as const,
  { name: 'messageRevoked', conversationID, sequence: 4, revoker: 'bob', revokeReason: '' } as const,
].map((event) => (conversations: Conversations) => void conversations.apply(event, 'alice'));
const ofUser = [
  (conversations: Conversations) =>
    conversations.update([{ ...state, isPinned: true, read: { sequence: 3, counted: 2, own: 1 } }]),
  (conversations: Conversations) => {
    const lastMessage = ofGroupMessage(4);
    conversations.apply({ name: 'messagesDeleted', conversationID, sequenceList: [5], lastMessage }, 'alice');
  },
];
/** Every way to put the two in one order. */
function interleavings<T>(one: T[], other: T[]): T[][] {
  const [first, ...rest] = one;
  const [second, ...others] = other;
  if (first === undefined || second === undefined) return [[...one, ...other]];
  return [
    ...interleavings(rest, other).map((all) => [first, ...all]),
    ...interleavings(one, others).map((all) => [second, ...all]),
  ];
}

it('[DL4][DL5] what a group and its user tell gives the same in whatever order they are heard', () => {
  const orders = interleavings(ofGroup, ofUser);
  expect(orders).toHaveLength(36);
  for (const order of orders) {
    const conversations = new Conversations();
    conversations.put(conversationView(conversationID));
    for (const apply of order) apply(conversations);
    expect(conversations.get(conversationID)).toMatchObject({
      state: { isPinned: true },
      tally: { sequence: 5, counted: 4, own: 1 },
      lastMessage: { sequence: 4, cloudCustomData: 'new', isRevoked: true, revoker: 'bob' },
      mentions: [{ sequence: 4, from: 'bob', isAll: false }],
    });
  }
});

it('[DL4] a message that the conversation holds already is no news', () => {
  const conversations = new Conversations();
  conversations.put(conversationView(conversationID, { tally: { sequence: 2, counted: 2, own: 0 } }));
  expect(conversations.apply(said(2), 'alice')).toBe(false);
  expect(conversations.apply(said(3), 'alice')).toBe(true);
  expect(conversations.get(conversationID)?.tally).toEqual({ sequence: 3, counted: 3, own: 0 });
});

it('[DL4] what was cleared before it was heard of is no last message, and counts as read', () => {
  const conversations = new Conversations();
  conversations.put(conversationView(conversationID));
  conversations.update([{ ...state, clearedThrough: 2, read: { sequence: 2, counted: 2, own: 0 } }]);
  for (const sequence of [1, 2]) conversations.apply(said(sequence, { atUserList: ['alice'] }), 'alice');
  const view = conversations.get(conversationID);
  expect(view).toMatchObject({ lastMessage: null, mentions: [], tally: { sequence: 2, counted: 2 } });
  expect(view && unreadCountOf(view)).toBe(0);
});
