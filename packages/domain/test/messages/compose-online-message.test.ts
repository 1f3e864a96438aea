import { composeGroupMessage, composeUserMessage, joinGroup, updateGroupProfile } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { ConversationTown, textMessage } from '../conversations/conversation-town.ts';
import { administrator, by, LIMITS, type Town, townWith } from '../groups/group-town.ts';

const compose = (town: Town, asker: ReturnType<typeof by>) =>
  composeGroupMessage(town.state, asker, textMessage('GROUPg', { onlineUserOnly: true }));

function roomOf(...userIDs: string[]): Town {
  const town = townWith({ type: 'AVChatRoom' });
  for (const [index, userID] of userIDs.entries())
    town.must((state) => joinGroup(state, by(userID, { device: index + 1 }), { groupID: 'g' }));
  return town;
}

describe('messages that nothing is kept of', () => {
  it('[MS5] have the sequence 0 and all that a stored one has', () => {
    const composed = compose(townWith(), by('alice'));
    expect(composed).toMatchObject({
      reply: { message: { sequence: 0, from: 'alice', to: 'g', nick: 'ALICE', payload: { text: 'hi' } } },
    });
    expect(compose(townWith(), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(compose(townWith(), administrator).ok).toBe(true);
  });

  it('[MS3] [GR7] of an AVChatRoom are for those who are there, its owner among them', () => {
    expect(compose(roomOf('eve'), by('eve', { device: 1 })).ok).toBe(true);
    expect(compose(roomOf('eve'), by('eve')).ok).toBe(true);
    expect(compose(roomOf('eve'), by('frank', { device: 2 }))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(compose(roomOf('eve'), by('olivia'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(compose(roomOf('olivia'), by('olivia')).ok).toBe(true);
    expect(compose(roomOf(), administrator).ok).toBe(true);
  });

  it('[GR6] of a muted room are its owner’s', () => {
    const town = roomOf('eve', 'olivia');
    const muting = { groupID: 'g', muteAllMembers: true };
    town.must((state) => updateGroupProfile(state, { ...by('olivia'), limits: LIMITS }, muting));
    expect(compose(town, by('eve'))).toMatchObject({ error: 'MUTED' });
    expect(compose(town, by('olivia')).ok).toBe(true);
  });

  it('[MS5] to a user need him to exist', () => {
    const composeTo = (conversationID: string) => {
      const users = new ConversationTown().users;
      const nothing = { conversations: new Map(), tallies: new Map(), messages: new Map() };
      return composeUserMessage({ users, ...nothing }, by('alice'), textMessage(conversationID));
    };
    expect(composeTo('C2Cbob')).toMatchObject({
      reply: { message: { sequence: 0, conversationType: 'C2C', to: 'bob', nick: 'ALICE' } },
    });
    expect(composeTo('C2Cnobody')).toMatchObject({ error: 'USER_NOT_FOUND' });
    expect(composeTo('GROUPg')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
  });
});
