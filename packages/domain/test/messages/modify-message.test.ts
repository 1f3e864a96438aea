import { modifyMessage, modifyMessageToUser, revokeMessage } from '@muster/domain';
import type { ModifyMessageInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ConversationTown, talkingTown } from '../conversations/conversation-town.ts';
import { administrator, by } from '../groups/group-town.ts';

function spokenTown(): ConversationTown {
  const town = talkingTown();
  town.say('alice', 'GROUPg', { cloudCustomData: 'old' });
  return town;
}

const modify = (
  town: ConversationTown,
  asker: ReturnType<typeof by>,
  other: Partial<ModifyMessageInput> = { payload: { text: 'new' } },
) =>
  town.runInGroup('g', (state) =>
    modifyMessage(state, asker, { conversationID: 'GROUPg', sequence: 1, ...other }),
  );

describe('changing a message', () => {
  it('[MS5] of a group replaces what is given and tells the group', () => {
    const town = spokenTown();
    const message = { sequence: 1, payload: { text: 'new' }, cloudCustomData: 'old', isModified: true };
    expect(modify(town, by('alice'))).toMatchObject({ reply: { message } });
    expect(town.events).toMatchObject([
      { scope: 'group:g', event: { name: 'messageModified', conversationID: 'GROUPg', message } },
    ]);
    expect(modify(town, by('alice'), { cloudCustomData: 'new' })).toMatchObject({
      reply: { message: { ...message, cloudCustomData: 'new' } },
    });
    expect(town.view('bob', 'GROUPg').lastMessage).toMatchObject({ ...message, cloudCustomData: 'new' });
  });

  it('[MS5] to what it is changes nothing', () => {
    const town = spokenTown();
    for (const same of [{}, { payload: { text: 'hi' } }, { cloudCustomData: 'old' }])
      expect(modify(town, by('alice'), same)).toMatchObject({
        changes: {},
        events: [],
        reply: { message: { isModified: false } },
      });
  });

  it('[MS5] is for its sender and administrators', () => {
    expect(modify(spokenTown(), administrator).ok).toBe(true);
    for (const userID of ['olivia', 'bob', 'eve'])
      expect(modify(spokenTown(), by(userID))).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[MS5] needs one that is there and was not taken back', () => {
    expect(modify(spokenTown(), by('alice'), { sequence: 2 })).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
    const town = spokenTown();
    town.runInGroup('g', (state) =>
      revokeMessage(state, by('alice'), { conversationID: 'GROUPg', sequence: 1 }),
    );
    expect(modify(town, by('alice'))).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
  });

  it('[MS1] keeps to what a message may carry', () => {
    const data = { payload: { data: 'd' } };
    expect(modify(spokenTown(), by('alice'), data)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    const large = { payload: { text: 'x'.repeat(12_288) } };
    expect(modify(spokenTown(), by('alice'), large)).toMatchObject({ error: 'MESSAGE_TOO_LARGE' });
  });

  it('[MS5] to a user tells both sides', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    const modifyTo = (userID: string, conversationID: string, payload = { text: 'new' }) =>
      town.run((state) => modifyMessageToUser(state, by(userID), { conversationID, sequence: 1, payload }), {
        chat: 'pair:alice\nbob',
        sequenceList: [1],
      });
    expect(modifyTo('bob', 'C2Calice')).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(modifyTo('alice', 'GROUPg')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
    expect(modifyTo('alice', 'C2Cbob')).toMatchObject({ reply: { message: { isModified: true } } });
    const event = { name: 'messageModified', message: { payload: { text: 'new' } } };
    expect(town.events).toMatchObject([
      { scope: 'user:alice', event: { ...event, conversationID: 'C2Cbob' } },
      { scope: 'user:bob', event: { ...event, conversationID: 'C2Calice' } },
    ]);
    expect(modifyTo('alice', 'C2Cbob')).toMatchObject({ changes: {}, events: [] });
  });
});
