import {
  type Asker,
  type ConversationsChanges,
  type ConversationsState,
  type Decision,
  deleteConversation,
  isListed,
  markConversation,
  pinConversation,
  setConversationCustomData,
  setMessageRead,
  setMessageRemindType,
  unreadCountOf,
} from '@muster/domain';
import type { PartialResult } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { by, SECOND, townWith } from '../groups/group-town.ts';
import { ConversationTown, talkingTown } from './conversation-town.ts';

type Rule = (
  state: ConversationsState,
  asker: Asker,
  conversationIDList: string[],
) => Decision<ConversationsChanges, PartialResult>;

const remove: Rule = (state, asker, conversationIDList) =>
  deleteConversation(state, asker, { conversationIDList });
const mark: Rule = (state, asker, conversationIDList) =>
  markConversation(state, asker, { conversationIDList, mark: 3, enableMark: true });
const remind: Rule = (state, asker, conversationIDList) =>
  setMessageRemindType(state, asker, { conversationIDList, messageRemindType: 'Discard' });
const label: Rule = (state, asker, conversationIDList) =>
  setConversationCustomData(state, asker, { conversationIDList, customData: 'mine' });

const run = (town: ConversationTown, rule: Rule, ids: string[], asker = by('bob')) =>
  town.run((state) => rule(state, asker, ids));

const pin = (town: ConversationTown, conversationID: string, isPinned = true) =>
  town.run((state) => pinConversation(state, by('bob'), { conversationID, isPinned }));

/** Bob has heard of alice and is in the group g, where nothing was said. */
function townOfBob(): ConversationTown {
  const town = talkingTown();
  town.say('alice', 'C2Cbob');
  return town;
}

describe.each<[string, Rule, object]>([
  ['deleteConversation', remove, { hiddenThrough: 1, clearedThrough: 1, read: { sequence: 1 } }],
  ['markConversation', mark, { markList: [3] }],
  ['setMessageRemindType', remind, { messageRemindType: 'Discard' }],
  ['setConversationCustomData', label, { customData: 'mine' }],
])('%s', (_name, rule, change) => {
  it('[CV2] changes each, answers for each in the order of the request, and tells all at once', () => {
    const town = townOfBob();
    town.say('alice', 'GROUPg');
    const ids = ['GROUPh', 'C2Calice', '@TIM#SYSTEM', 'GROUPg', 'C2Calice', 'C2Cnobody'];
    const cause = { device: 4, seq: 1 };
    expect(run(town, rule, ids, by('bob', { by: cause }))).toMatchObject({
      reply: {
        successConversationIDList: ['C2Calice', 'GROUPg'],
        failureConversationIDList: [
          { conversationID: 'GROUPh', code: 2500, message: expect.any(String) },
          { conversationID: '@TIM#SYSTEM', code: 2503 },
          { conversationID: 'C2Cnobody', code: 2500 },
        ],
      },
    });
    expect(town.events).toEqual([
      {
        scope: 'user:bob',
        event: {
          name: 'conversationsUpdated',
          conversations: [town.view('bob', 'C2Calice').state, town.view('bob', 'GROUPg').state],
          by: cause,
        },
      },
    ]);
    expect(town.view('bob', 'C2Calice').state).toMatchObject(change);
    expect(town.view('bob', 'GROUPg').state).toMatchObject(change);
    expect(town.view('alice', 'GROUPg').state).not.toMatchObject(change);
  });

  it('[CV2] tells only of what differs, and nothing when nothing does', () => {
    const town = townOfBob();
    run(town, rule, ['C2Calice']);
    run(town, rule, ['C2Calice', 'GROUPg']);
    if (rule !== remove)
      expect(town.events[0]?.event).toMatchObject({ conversations: [{ conversationID: 'GROUPg' }] });
    const again = run(town, rule, ['C2Calice', 'GROUPg']);
    expect(again).toMatchObject({ changes: {}, events: [] });
  });

  it('[CV2] takes 1 to 100 different conversations', () => {
    const many = Array.from({ length: 101 }, (_, index) => `C2Cu${index}`);
    for (const ids of [[], many])
      expect(run(townOfBob(), rule, ids)).toMatchObject({ error: 'CONVERSATION_COUNT' });
    expect(run(townOfBob(), rule, [...many.slice(1), 'C2Cu1']).ok).toBe(true);
  });

  it('[SE3] reaches only what is the asker’s own', () => {
    const town = townOfBob();
    expect(run(town, rule, ['C2Cbob', 'GROUPg'], by('eve'))).toMatchObject({
      reply: {
        failureConversationIDList: expect.arrayContaining([
          { conversationID: 'GROUPg', code: 2500, message: expect.any(String) },
        ]),
      },
    });
    expect(town.view('alice', 'C2Cbob').state).not.toMatchObject(change);
  });
});

describe('deleting from the list', () => {
  it('[CV2] [CG15] hides a conversation until something is said in it, read and unpinned', () => {
    const town = townOfBob();
    town.say('alice', 'C2Cbob');
    pin(town, 'C2Calice');
    run(town, remove, ['C2Calice']);
    const hidden = town.view('bob', 'C2Calice');
    expect([isListed(hidden), unreadCountOf(hidden), hidden.state.isPinned]).toEqual([false, 0, false]);
    expect(hidden.lastMessage).toBeNull();
    expect(isListed(town.view('alice', 'C2Cbob'))).toBe(true);
    expect(run(town, remove, ['C2Calice'])).toMatchObject({
      reply: { failureConversationIDList: [{ code: 2500 }] },
    });
    town.say('alice', 'C2Cbob');
    const back = town.view('bob', 'C2Calice');
    expect([isListed(back), unreadCountOf(back), back.lastMessage?.sequence]).toEqual([true, 1, 3]);
  });

  it('[CV2] keeps the history when it is told to', () => {
    const town = townOfBob();
    town.must((state) =>
      deleteConversation(state, by('bob'), {
        conversationIDList: ['C2Calice'],
        clearHistoryMessage: false,
      }),
    );
    expect(town.view('bob', 'C2Calice')).toMatchObject({
      state: { hiddenThrough: 1, clearedThrough: 0 },
      lastMessage: { sequence: 1 },
    });
  });

  it('[CV1] [CV2] hides a group where nothing was said, which is listed from joining on', () => {
    const town = talkingTown();
    expect(isListed(town.view('bob', 'GROUPg'))).toBe(true);
    run(town, remove, ['GROUPg']);
    expect(isListed(town.view('bob', 'GROUPg'))).toBe(false);
    town.say('alice', 'GROUPg');
    expect(isListed(town.view('bob', 'GROUPg'))).toBe(true);
  });
});

describe('pinning', () => {
  it('[CV2] is one flag, told when it changes', () => {
    const town = townOfBob();
    expect(pin(town, 'C2Calice')).toMatchObject({ reply: { conversationID: 'C2Calice' } });
    expect(town.events).toMatchObject([
      { scope: 'user:bob', event: { conversations: [{ conversationID: 'C2Calice', isPinned: true }] } },
    ]);
    expect(pin(town, 'C2Calice')).toMatchObject({ changes: {}, events: [] });
    expect(pin(town, 'C2Calice', false).ok).toBe(true);
    expect(town.view('bob', 'C2Calice').state.isPinned).toBe(false);
  });

  it('[CV2] needs a conversation that is in the list', () => {
    expect(pin(townOfBob(), 'C2Ccarol')).toMatchObject({ error: 'CONVERSATION_NOT_FOUND' });
    expect(pin(townOfBob(), 'GROUPh')).toMatchObject({ error: 'CONVERSATION_NOT_FOUND' });
    expect(pin(townOfBob(), 'C2C@bad')).toMatchObject({ error: 'BAD_CONVERSATION_ID' });
  });
});

describe('marks and custom data', () => {
  it('[CV2] a mark is one bit of several, kept ascending', () => {
    const town = townOfBob();
    const set = (mark: number, enableMark = true) =>
      town.must((state) =>
        markConversation(state, by('bob'), { conversationIDList: ['C2Calice'], mark, enableMark }),
      );
    for (const mark of [33, 0, 63, 2, 0]) set(mark);
    expect(town.view('bob', 'C2Calice').state.markList).toEqual([0, 2, 33, 63]);
    set(2, false);
    set(5, false);
    expect(town.view('bob', 'C2Calice').state.markList).toEqual([0, 33, 63]);
  });

  it('[CV2] custom data is at most 256 bytes of well-formed text', () => {
    const town = townOfBob();
    const set = (customData: string) =>
      town.run((state) =>
        setConversationCustomData(state, by('bob'), { conversationIDList: ['C2Calice'], customData }),
      );
    expect(set('é'.repeat(128)).ok).toBe(true);
    for (const customData of [`${'é'.repeat(128)}x`, '\ud800', 'a\u0000'])
      expect(set(customData)).toMatchObject({
        error: 'BAD_ARGUMENT_VALUE',
        message: expect.stringContaining('customData'),
      });
  });
});

describe('remind types', () => {
  it('[CV2] hold for a user with whom nothing was said yet, and show when something is', () => {
    const town = townOfBob();
    expect(run(town, remind, ['C2Ccarol'])).toMatchObject({
      reply: { successConversationIDList: ['C2Ccarol'] },
      events: [],
      changes: { conversations: [['bob', { messageRemindType: 'Discard' }]] },
    });
    expect(isListed(town.view('bob', 'C2Ccarol'))).toBe(false);
    town.say('carol', 'C2Cbob');
    expect(town.events[1]).toMatchObject({
      scope: 'user:bob',
      event: { conversation: { state: { messageRemindType: 'Discard' } } },
    });
  });

  it('[CV2] hold for a group whose conversation was deleted, not for an AVChatRoom', () => {
    const town = talkingTown();
    run(town, remove, ['GROUPg']);
    expect(run(town, remind, ['GROUPg'])).toMatchObject({
      reply: { successConversationIDList: ['GROUPg'] },
    });
    const room = new ConversationTown({ r: townWith({ type: 'AVChatRoom' }) });
    expect(run(room, remind, ['GROUPr'], by('olivia'))).toMatchObject({
      reply: { failureConversationIDList: [{ code: 2500 }] },
    });
  });

  it('[MS1] a mark of reading keeps what else was set', () => {
    const town = townOfBob();
    run(town, remind, ['C2Calice']);
    town.must((state) => setMessageRead(state, by('bob'), { conversationID: 'C2Calice' }));
    expect(town.view('bob', 'C2Calice')).toMatchObject({
      state: { messageRemindType: 'Discard', read: { sequence: 1 } },
      appearedAt: SECOND * 1_000 + 500,
    });
  });
});
