import { setMessageRead, unreadCountOf } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { ConversationTown, talkingTown } from '../conversations/conversation-town.ts';
import { by, SECOND, townWith } from '../groups/group-town.ts';

const read = (town: ConversationTown, userID: string, conversationID = 'GROUPg', through?: number) =>
  town.run(
    (state) =>
      setMessageRead(state, by(userID), {
        conversationID,
        ...(through === undefined ? {} : { through }),
      }),
    { through },
  );

const unread = (town: ConversationTown, userID: string, conversationID = 'GROUPg') =>
  unreadCountOf(town.view(userID, conversationID), town.row(userID, conversationID).group?.type);

describe('reading a group', () => {
  it('[MS1] counts what others said as read, on all devices of the reader alone', () => {
    const town = talkingTown();
    for (const userID of ['alice', 'alice', 'bob']) town.say(userID, 'GROUPg');
    expect(['alice', 'bob', 'adam'].map((userID) => unread(town, userID))).toEqual([1, 2, 3]);
    expect(read(town, 'bob')).toMatchObject({ reply: {} });
    expect(town.events).toMatchObject([
      {
        scope: 'user:bob',
        event: {
          name: 'conversationsUpdated',
          conversations: [{ conversationID: 'GROUPg', read: { sequence: 3, counted: 3, own: 1 } }],
        },
      },
    ]);
    expect(['alice', 'bob', 'adam'].map((userID) => unread(town, userID))).toEqual([1, 0, 3]);
    town.say('alice', 'GROUPg');
    expect(unread(town, 'bob')).toBe(1);
  });

  it('[MS1] goes as far as it is asked to, and never back', () => {
    const town = talkingTown();
    for (const userID of ['alice', 'bob', 'alice', 'alice']) town.say(userID, 'GROUPg');
    read(town, 'bob', 'GROUPg', 3);
    expect(town.view('bob', 'GROUPg').state.read).toEqual({ sequence: 3, counted: 3, own: 1 });
    expect(unread(town, 'bob')).toBe(1);
    for (const through of [0, 1, 3])
      expect(read(town, 'bob', 'GROUPg', through)).toMatchObject({ changes: {}, events: [] });
    read(town, 'bob', 'GROUPg', 99);
    expect(town.view('bob', 'GROUPg').state.read.sequence).toBe(4);
    expect(read(town, 'bob')).toMatchObject({ changes: {}, events: [] });
  });

  it('[MS1] sending reads nothing, and what is not to be counted is not', () => {
    const town = talkingTown();
    town.say('alice', 'GROUPg');
    town.say('alice', 'GROUPg', { excludedFromUnreadCount: true });
    town.say('bob', 'GROUPg', { excludedFromUnreadCount: true });
    town.say('bob', 'GROUPg');
    expect([unread(town, 'bob'), unread(town, 'alice'), unread(town, 'adam')]).toEqual([1, 1, 2]);
  });

  it('[MS3] a Meeting has no unread count, and an AVChatRoom nothing to read', () => {
    const meeting = new ConversationTown({ g: townWith({ type: 'Meeting' }) });
    meeting.say('alice', 'GROUPg');
    expect(unread(meeting, 'bob')).toBe(0);
    const room = new ConversationTown({ g: townWith({ type: 'AVChatRoom' }) });
    expect(read(room, 'eve')).toMatchObject({ changes: {}, events: [], reply: {} });
    expect(unreadCountOf(meeting.view('bob', 'GROUPg'), 'AVChatRoom')).toBe(0);
  });

  it('[SE3] needs a conversation of one’s own', () => {
    expect(read(talkingTown(), 'eve')).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(read(talkingTown(), 'eve', 'GROUPh')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(read(talkingTown(), 'eve', '')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
  });
});

describe('reading what a user said', () => {
  it('[MS1] tells him how far and when', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    town.say('alice', 'C2Cbob');
    read(town, 'bob', 'C2Calice', 1);
    expect(town.events).toMatchObject([
      { scope: 'user:bob', event: { name: 'conversationsUpdated' } },
      {
        scope: 'user:alice',
        event: {
          name: 'messageReadByPeer',
          conversationID: 'C2Cbob',
          readSequence: 1,
          readTime: SECOND,
        },
      },
    ]);
    expect(town.view('alice', 'C2Cbob').peer).toMatchObject({ readSequence: 1, readTime: SECOND });
    expect([unread(town, 'bob', 'C2Calice'), unread(town, 'alice', 'C2Cbob')]).toEqual([1, 0]);
    expect(read(town, 'bob', 'C2Calice', 1)).toMatchObject({ changes: {}, events: [] });
  });

  it('[MS1] tells nobody but oneself of one’s own notes', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Calice');
    expect(unread(town, 'alice', 'C2Calice')).toBe(0);
    read(town, 'alice', 'C2Calice');
    expect(town.events.map(({ scope, event }) => `${scope} ${event.name}`)).toEqual([
      'user:alice conversationsUpdated',
    ]);
  });

  it('[MS1] of one with whom nothing was said is nothing', () => {
    expect(read(new ConversationTown(), 'alice', 'C2Cbob')).toMatchObject({ changes: {}, events: [] });
  });
});
