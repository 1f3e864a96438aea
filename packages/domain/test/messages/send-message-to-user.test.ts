import { sendMessageToUser } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { ConversationTown, textMessage } from '../conversations/conversation-town.ts';
import { administrator, by, NOW, profileOf } from '../groups/group-town.ts';

describe('a message to a user', () => {
  it('[MS2] is kept once and numbered for the pair, from either side', () => {
    const town = new ConversationTown();
    expect(town.say('alice', 'C2Cbob')).toMatchObject({ sequence: 1, nick: 'ALICE', nameCard: '' });
    expect(town.say('bob', 'C2Calice').sequence).toBe(2);
    expect(town.say('alice', 'C2Ccarol').sequence).toBe(1);
    expect([...town.pairs.keys()]).toEqual(['pair:alice\nbob', 'pair:alice\ncarol']);
    expect(town.pairs.get('pair:alice\nbob')?.size).toBe(2);
  });

  it('[CV1] is told to both sides, each by its own name, whole where the conversation is new', () => {
    const town = new ConversationTown();
    const cause = { device: 1, seq: 2 };
    town.say(by('alice', { by: cause }), 'C2Cbob');
    const message = { sequence: 1, from: 'alice', to: 'bob', conversationType: 'C2C' };
    const peer = (userID: string) => ({ profile: profileOf(userID), readSequence: 0, readTime: 0 });
    const conversation = { lastMessage: message, appearedAt: NOW, mentions: [] };
    expect(town.events).toMatchObject([
      {
        scope: 'user:alice',
        event: {
          name: 'messageSent',
          conversationID: 'C2Cbob',
          message,
          conversation: { ...conversation, tally: { sequence: 1, counted: 1, own: 1 }, peer: peer('bob') },
          by: cause,
        },
      },
      {
        scope: 'user:bob',
        event: {
          name: 'messageSent',
          conversationID: 'C2Calice',
          message,
          conversation: { ...conversation, tally: { sequence: 1, counted: 1, own: 0 }, peer: peer('alice') },
          by: cause,
        },
      },
    ]);
    town.say(by('bob', { now: NOW + 5 }), 'C2Calice', { excludedFromUnreadCount: true });
    expect(town.events.map(({ event }) => Object.keys(event))).toEqual([
      ['name', 'conversationID', 'message'],
      ['name', 'conversationID', 'message'],
    ]);
    expect(town.view('alice', 'C2Cbob')).toMatchObject({
      tally: { sequence: 2, counted: 1, own: 1 },
      appearedAt: NOW,
    });
  });

  it('[CV1] that is excluded from the last message begins a conversation without one', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob', { excludedFromLastMessage: true });
    expect(town.events[1]?.event).toMatchObject({ conversation: { lastMessage: null } });
  });

  it('[MS2] to oneself is one side, one event, and counts as his own', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Calice');
    expect(town.events.map(({ scope }) => scope)).toEqual(['user:alice']);
    expect(town.view('alice', 'C2Calice').tally).toEqual({ sequence: 1, counted: 1, own: 1 });
  });

  it('[MS1] needs somebody who has logged in once, and mentions nobody', () => {
    const town = new ConversationTown();
    const say = (conversationID: string, other = {}) =>
      town.run((state) => sendMessageToUser(state, by('alice'), textMessage(conversationID, other)));
    expect(say('C2Cnobody')).toMatchObject({ error: 'USER_NOT_FOUND' });
    expect(say('C2C@bad')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
    expect(say('C2Cbob', { atUserList: ['bob'] })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining('atUserList'),
    });
    expect(say('C2Cbob', { atUserList: [] }).ok).toBe(true);
    expect(say('C2Cbob', { payload: {} })).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[MS1] from an administrator who never told a profile carries none', () => {
    expect(new ConversationTown().say(administrator, 'C2Cbob')).toMatchObject({ nick: '', avatar: '' });
  });
});
