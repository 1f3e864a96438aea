import { joinGroup, revokeMessage, revokeMessageToUser } from '@muster/domain';
import type { GroupType } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ConversationTown } from '../conversations/conversation-town.ts';
import { administrator, by, townWith } from '../groups/group-town.ts';

/** A town whose group g has heard alice once, and where eve came later. */
function spokenTown(type: GroupType = 'Meeting'): ConversationTown {
  const town = new ConversationTown({ g: townWith({ type }) });
  town.say('alice', 'GROUPg');
  town.runInGroup('g', (state) => joinGroup(state, by('eve'), { groupID: 'g' }));
  return town;
}

const revoke = (town: ConversationTown, asker: ReturnType<typeof by>, other = {}) =>
  town.runInGroup('g', (state) =>
    revokeMessage(state, asker, { conversationID: 'GROUPg', sequence: 1, ...other }),
  );

describe('taking back a message of a group', () => {
  it('[MS1] is told in the group, and the message says so', () => {
    const town = spokenTown();
    const message = { sequence: 1, isRevoked: true, revoker: 'alice', revokeReason: 'typo' };
    const decision = revoke(town, by('alice'), { revokeReason: 'typo' });
    expect(decision).toMatchObject({
      reply: { message: { ...message, payload: { text: 'hi' } } },
      changes: { message: { chat: 'group:g', message } },
    });
    expect(town.events).toEqual([
      {
        scope: 'group:g',
        event: {
          name: 'messageRevoked',
          conversationID: 'GROUPg',
          sequence: 1,
          revoker: 'alice',
          revokeReason: 'typo',
        },
      },
    ]);
    expect(town.view('bob', 'GROUPg')).toMatchObject({ tally: { counted: 1 }, lastMessage: message });
  });

  it('[MS1] is for the sender, those who lead the group, and administrators', () => {
    for (const asker of [by('alice'), by('adam'), by('olivia'), administrator])
      expect(revoke(spokenTown(), asker)).toMatchObject({ reply: { message: { revoker: asker.userID } } });
    expect(revoke(spokenTown(), by('bob'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(revoke(spokenTown(), by('frank'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[MS1] a second time changes nothing', () => {
    const town = spokenTown();
    revoke(town, by('alice'), { revokeReason: 'first' });
    expect(revoke(town, by('adam'), { revokeReason: 'second' })).toMatchObject({
      changes: {},
      events: [],
      reply: { message: { revoker: 'alice', revokeReason: 'first' } },
    });
  });

  it('[GR1] [GR3] needs a message that the asker may see', () => {
    expect(revoke(spokenTown(), by('alice'), { sequence: 2 })).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
    expect(revoke(spokenTown(), by('eve'))).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
    expect(revoke(spokenTown('Community'), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    const again = spokenTown();
    again.groups.get('g')?.amend({ firstMessageSeq: 1 });
    for (const asker of [by('alice'), administrator])
      expect(revoke(again, asker)).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
    again.groups.get('g')?.amend({ endedAt: 1 });
    expect(revoke(again, by('alice'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('[SE1] gives a reason of at most 256 bytes', () => {
    expect(revoke(spokenTown(), by('alice'), { revokeReason: 'x'.repeat(257) })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining('revokeReason'),
    });
  });
});

describe('taking back a message to a user', () => {
  const revokeTo = (town: ConversationTown, asker: ReturnType<typeof by>, conversationID: string) =>
    town.run((state) => revokeMessageToUser(state, asker, { conversationID, sequence: 1 }), {
      chat: 'pair:alice\nbob',
      sequenceList: [1],
    });

  it('[MS1] is told to both sides', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    expect(revokeTo(town, by('alice'), 'C2Cbob')).toMatchObject({
      reply: { message: { isRevoked: true, revoker: 'alice', revokeReason: '' } },
    });
    const event = { name: 'messageRevoked', sequence: 1, revoker: 'alice' };
    expect(town.events).toMatchObject([
      { scope: 'user:alice', event: { ...event, conversationID: 'C2Cbob' } },
      { scope: 'user:bob', event: { ...event, conversationID: 'C2Calice' } },
    ]);
    expect(town.view('bob', 'C2Calice').lastMessage?.isRevoked).toBe(true);
    expect(revokeTo(town, by('alice'), 'C2Cbob')).toMatchObject({ changes: {}, events: [] });
  });

  it('[MS1] is for its sender', () => {
    const town = new ConversationTown();
    town.say('alice', 'C2Cbob');
    expect(revokeTo(town, by('bob'), 'C2Calice')).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(revokeTo(town, by('alice'), 'GROUPg')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
    const missing = town.run((state) =>
      revokeMessageToUser(state, by('alice'), { conversationID: 'C2Cbob', sequence: 2 }),
    );
    expect(missing).toMatchObject({ error: 'MESSAGE_NOT_FOUND' });
  });
});
