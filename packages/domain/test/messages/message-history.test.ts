import { clearHistoryMessage, deleteMessage, joinGroup, messageHistory } from '@muster/domain';
import type { GroupType } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ConversationTown, talkingTown } from '../conversations/conversation-town.ts';
import { administrator, by, townWith } from '../groups/group-town.ts';

const history = (town: ConversationTown, asker: ReturnType<typeof by>, conversationID = 'GROUPg') =>
  messageHistory(town.row(asker.userID, conversationID), asker);

const clear = (town: ConversationTown, userID: string, conversationID = 'GROUPg') =>
  town.run((state) => clearHistoryMessage(state, by(userID), { conversationID }));

const remove = (town: ConversationTown, userID: string, sequenceList: number[], conversationID = 'GROUPg') =>
  town.run((state) => deleteMessage(state, by(userID), { conversationID, sequenceList }), {
    chat: conversationID === 'GROUPg' ? 'group:g' : 'pair:alice\nbob',
    sequenceList,
    lastMessageOf: { userID, conversationID },
  });

/** A town whose group g goes on from another that had 3 messages, and where eve came after the fifth. */
function oldTown(type: GroupType): ConversationTown {
  const group = townWith({ type }, []);
  group.amend({ messageSeq: 3, firstMessageSeq: 3 });
  const town = new ConversationTown({ g: group });
  for (let said = 0; said < 2; said += 1) town.say(by('olivia'), 'GROUPg');
  town.runInGroup('g', (state) => joinGroup(state, by('eve'), { groupID: 'g' }));
  return town;
}

describe('the history of a conversation', () => {
  it('[GR1] begins for a member with his joining, in a Community with the group', () => {
    expect(history(oldTown('Meeting'), by('eve'))).toEqual({
      ok: true,
      reply: { chat: 'group:g', after: 5 },
    });
    expect(history(oldTown('Community'), by('eve'))).toMatchObject({ reply: { after: 3 } });
  });

  it('[SE3] is a member’s and an administrator’s', () => {
    expect(history(talkingTown(), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(history(oldTown('Meeting'), administrator)).toMatchObject({ reply: { after: 3 } });
    expect(history(talkingTown(), by('alice'), 'GROUPother')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(history(talkingTown(), by('alice'), '@TIM#SYSTEM')).toMatchObject({
      error: 'BAD_CONVERSATION_ID',
    });
  });

  it('[MS3] of an AVChatRoom is empty', () => {
    const room = townWith({ type: 'AVChatRoom' });
    room.amend({ messageSeq: 4, firstMessageSeq: 4 });
    const town = new ConversationTown({ g: room });
    expect(history(town, by('eve'))).toMatchObject({ reply: { after: 4 } });
  });

  it('[MS5] [SE3] of two users is the pair’s, from where each has cleared it', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    clear(town, 'bob', 'C2Calice');
    const chat = 'pair:alice\nbob';
    expect(history(town, by('alice'), 'C2Cbob')).toEqual({ ok: true, reply: { chat, after: 0 } });
    expect(history(town, by('bob'), 'C2Calice')).toEqual({ ok: true, reply: { chat, after: 1 } });
  });
});

describe('clearing a history', () => {
  it('[MS5] empties the asker’s own and tells his devices', () => {
    const town = talkingTown();
    town.say('alice', 'GROUPg');
    expect(clear(town, 'bob')).toMatchObject({ reply: { conversationID: 'GROUPg' } });
    expect(town.events).toMatchObject([
      {
        scope: 'user:bob',
        event: {
          name: 'conversationsUpdated',
          conversations: [{ conversationID: 'GROUPg', clearedThrough: 1 }],
        },
      },
    ]);
    expect(history(town, by('bob'))).toMatchObject({ reply: { after: 1 } });
    expect(town.view('bob', 'GROUPg').lastMessage).toBeNull();
    expect(town.view('alice', 'GROUPg').lastMessage).not.toBeNull();
    expect(clear(town, 'bob')).toMatchObject({ changes: {}, events: [] });
  });

  it('[SE3] needs a conversation of one’s own', () => {
    expect(clear(talkingTown(), 'eve')).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(clear(talkingTown(), 'eve', 'GROUPh')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(clear(talkingTown(), 'eve', 'C2C')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
    expect(clear(talkingTown(), 'eve', 'C2Cbob')).toMatchObject({ changes: {}, events: [] });
  });
});

describe('deleting messages', () => {
  it('[MS5] takes them out of one history and tells what is then the last', () => {
    const town = talkingTown();
    for (let said = 0; said < 3; said += 1) town.say('alice', 'GROUPg');
    expect(remove(town, 'bob', [3, 2, 3, 9])).toMatchObject({
      changes: { deletedMessages: { userID: 'bob', chat: 'group:g', sequenceList: [3, 2] } },
    });
    expect(town.events).toMatchObject([
      {
        scope: 'user:bob',
        event: {
          name: 'messagesDeleted',
          conversationID: 'GROUPg',
          sequenceList: [3, 2],
          lastMessage: { sequence: 1 },
        },
      },
    ]);
    expect(town.view('bob', 'GROUPg').lastMessage?.sequence).toBe(1);
    expect(town.view('alice', 'GROUPg').lastMessage?.sequence).toBe(3);
  });

  it('[MS5] that leave nothing tell that nothing is left', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    remove(town, 'bob', [1], 'C2Calice');
    expect(town.events[0]?.event).toMatchObject({ lastMessage: null });
    expect(remove(town, 'bob', [4], 'C2Calice')).toMatchObject({ changes: {}, events: [] });
  });

  it('[SE3] needs a conversation of one’s own', () => {
    const town = talkingTown();
    town.say('alice', 'GROUPg');
    expect(remove(town, 'eve', [1])).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(remove(town, 'eve', [1], 'C2C@')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
  });
});
