import { describe, expect, it } from 'vitest';
import { ConversationDesk, failure } from './conversation-desk.ts';

const many = (count: number, first = 0) => Array.from({ length: count }, (_, i) => `C2Cuser${first + i}`);
const COUNT = { refused: 'CONVERSATION_COUNT' };

/** As REST and the original's door have it: what is not in the list may be added. */
function openDesk(): ConversationDesk {
  const desk = new ConversationDesk();
  desk.listedOnly = false;
  return desk;
}

/** Ten conversation groups of 100 different conversations each: 1,000 together. */
function fullDesk(): ConversationDesk {
  const desk = openDesk();
  for (let i = 0; i < 10; i++) desk.create(`n${i}`, many(100, i * 100));
  return desk;
}

const told = (added: string[], removed: string[]) => {
  const event = { name: 'conversationGroupMembersUpdated', conversationGroupID: 1, added, removed };
  return [{ scope: 'user:ann', event }];
};

describe('the number of conversations of a request', () => {
  it('[CG7] 100 different ones are allowed, 101 are refused 51006', () => {
    const desk = openDesk();
    expect(desk.create('b', many(101))).toEqual(COUNT);
    expect(desk.create('a', many(100))).toHaveProperty('reply');
    expect(desk.add('a', many(101))).toEqual(COUNT);
    expect(desk.remove('a', many(101))).toEqual(COUNT);
    expect(desk.add('a', many(100, 100))).toHaveProperty('reply');
    expect(desk.remove('a', many(100))).toHaveProperty('reply');
    expect(desk.read()).toEqual([
      { conversationGroupID: 1, groupName: 'a', conversationIDList: many(100, 100) },
    ]);
  });

  it('[CG7] one named twice counts once', () => {
    const desk = openDesk();
    desk.create('a');
    const twice = [...many(100), ...many(100)];
    expect(desk.add('a', twice)).toMatchObject({ reply: { successConversationIDList: many(100) } });
    expect(desk.remove('a', twice)).toMatchObject({ reply: { successConversationIDList: many(100) } });
  });

  it('[CG7] none is refused 51006 on add and remove', () => {
    const desk = openDesk();
    desk.create('a');
    expect(desk.add('a', [])).toEqual(COUNT);
    expect(desk.remove('a', [])).toEqual(COUNT);
  });

  it('[DL10] arguments come before state: 51006 before 51009', () => {
    const desk = openDesk();
    for (const ids of [[], many(101)]) {
      expect(desk.add('none', ids)).toEqual(COUNT);
      expect(desk.remove('none', ids)).toEqual(COUNT);
    }
    expect(desk.add('none', many(1))).toEqual({ refused: 'CONVERSATION_GROUP_NOT_FOUND' });
    expect(desk.remove('none', many(1))).toEqual({ refused: 'CONVERSATION_GROUP_NOT_FOUND' });
  });
});

describe('adding conversations', () => {
  it.each([
    '@TIM#SYSTEM',
    '',
    'C2C',
    'GROUP',
    'bob',
    'c2cbob',
    'C2C@bob',
    `C2C${'x'.repeat(33)}`,
    'GROUPé',
    'C2C\ud800',
  ])('[CG6] %j is malformed: 2503, on adding and on removing', (id) => {
    const desk = openDesk();
    const failed = {
      successConversationIDList: [],
      failureConversationIDList: [failure(id, 'BAD_CONVERSATION_ID')],
    };
    expect(desk.create('a', [id])).toEqual({ reply: { conversationGroupID: 1, groupName: 'a', ...failed } });
    expect(desk.add('a', [id])).toMatchObject({ reply: failed });
    expect(desk.remove('a', [id])).toMatchObject({ reply: failed });
    expect(desk.read()[0]?.conversationIDList).toEqual([]);
  });

  it.each([true, false])('[CG6] a group without a conversation is 51007, listed only: %s', (listedOnly) => {
    const desk = new ConversationDesk();
    desk.listedOnly = listedOnly;
    const ids = [desk.hasGroup('room', 'AVChatRoom'), desk.hasGroup('other', 'Work', false), 'GROUPnone'];
    const failed = ids.map((id) => failure(id, 'CONVERSATION_UNRESOLVED'));
    expect(desk.create('a', ids)).toMatchObject({ reply: { failureConversationIDList: failed } });
    expect(desk.read()[0]?.conversationIDList).toEqual([]);
    expect(desk.events).toHaveLength(1);
  });

  it('[CG6] what is not in the list is 2500 where only that is taken, and kept elsewhere', () => {
    const desk = new ConversationDesk();
    const [talk, group] = [desk.hasTalk('bob'), desk.hasGroup('g')];
    const unlisted = [desk.hasTalk('carol'), desk.hasGroup('h'), 'C2Cstranger', desk.hasTalk('dave', 0)];
    for (const id of unlisted.slice(0, 2)) desk.deletesFromList(id);
    const failed = unlisted.map((id) => failure(id, 'CONVERSATION_NOT_FOUND'));
    expect(desk.create('a', [...unlisted, talk, group])).toMatchObject({
      reply: { successConversationIDList: [talk, group], failureConversationIDList: failed },
    });
    desk.listedOnly = false;
    expect(desk.add('a', unlisted)).toMatchObject({
      reply: { successConversationIDList: unlisted, failureConversationIDList: [] },
    });
    expect(desk.read()[0]?.conversationIDList).toEqual([talk, group, ...unlisted]);
  });

  it('[CG6][CG15] one that is in already goes well, also after it was deleted from the list', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    desk.create('a', [talk]);
    desk.deletesFromList(talk);
    expect(desk.add('a', [talk])).toMatchObject({ reply: { successConversationIDList: [talk] } });
    expect(desk.events).toEqual([]);
    expect(desk.read()[0]?.conversationIDList).toEqual([talk]);
  });

  it('[CG15] a member holds the generation of its group, 0 for one-to-one', () => {
    const desk = new ConversationDesk();
    desk.create('a', [desk.hasTalk('bob'), desk.hasGroup('g')]);
    expect(desk.conversationGroups[0]?.members).toEqual([
      { conversationID: 'C2Cbob', generation: 0 },
      { conversationID: 'GROUPg', generation: 7 },
    ]);
  });

  it('[CG6] answers keep the order of the request, each id once', () => {
    const desk = new ConversationDesk();
    const [bob, carol] = [desk.hasTalk('bob'), desk.hasTalk('carol')];
    desk.create('a', [carol]);
    expect(desk.add('a', ['bad', carol, 'C2Czoe', bob, 'bad', bob, 'C2Czoe'])).toEqual({
      reply: {
        conversationGroupID: 1,
        groupName: 'a',
        successConversationIDList: [carol, bob],
        failureConversationIDList: [
          failure('bad', 'BAD_CONVERSATION_ID'),
          failure('C2Czoe', 'CONVERSATION_NOT_FOUND'),
        ],
      },
    });
    expect(desk.events).toEqual(told([bob], []));
  });

  it('[CG13] nothing is told when nothing could be added', () => {
    const desk = new ConversationDesk();
    desk.create('a');
    expect(desk.add('a', ['bad', 'C2Czoe', 'GROUPnone'])).toMatchObject({
      reply: { successConversationIDList: [] },
    });
    expect(desk.events).toEqual([]);
  });
});

describe('the conversations of all conversation groups together', () => {
  it('[CG7] the 1,000th goes in, the 1,001st is 51008, in the order of the request', () => {
    const desk = fullDesk();
    desk.remove('n0', ['C2Cuser5']);
    expect(desk.add('n0', ['C2Cx', 'C2Cy', 'C2Cuser7', 'C2Cz'])).toMatchObject({
      reply: {
        successConversationIDList: ['C2Cx', 'C2Cuser7'],
        failureConversationIDList: ['C2Cy', 'C2Cz'].map((id) => failure(id, 'TOO_MANY_CONVERSATIONS')),
      },
    });
  });

  it('[CG7] one in several conversation groups counts once', () => {
    const desk = fullDesk();
    expect(desk.create('again', many(100))).toMatchObject({
      reply: { successConversationIDList: many(100), failureConversationIDList: [] },
    });
    desk.remove('n0', ['C2Cuser0']);
    const over = { failureConversationIDList: [failure('C2Cnew', 'TOO_MANY_CONVERSATIONS')] };
    expect(desk.add('n1', ['C2Cnew'])).toMatchObject({ reply: over });
    desk.remove('again', ['C2Cuser0']);
    expect(desk.add('n1', ['C2Cnew'])).toMatchObject({ reply: { successConversationIDList: ['C2Cnew'] } });
  });

  it('[CG5][CG7] a conversation group is made also when all its conversations are over the limit', () => {
    const desk = fullDesk();
    expect(desk.create('more', ['C2Cnew'])).toMatchObject({
      reply: {
        conversationGroupID: 11,
        failureConversationIDList: [failure('C2Cnew', 'TOO_MANY_CONVERSATIONS')],
      },
    });
    expect(desk.read()).toHaveLength(11);
  });

  it('[CG6] malformed, unresolved and not in the list come before the limit', () => {
    const desk = fullDesk();
    desk.listedOnly = true;
    const talk = desk.hasTalk('bob');
    expect(desk.add('n0', ['bad', 'GROUPnone', 'C2Czoe', talk])).toMatchObject({
      reply: {
        failureConversationIDList: [
          failure('bad', 'BAD_CONVERSATION_ID'),
          failure('GROUPnone', 'CONVERSATION_UNRESOLVED'),
          failure('C2Czoe', 'CONVERSATION_NOT_FOUND'),
          failure(talk, 'TOO_MANY_CONVERSATIONS'),
        ],
      },
    });
  });
});

describe('removing conversations', () => {
  it('[CG6] works for every member, in the list or not', () => {
    const desk = new ConversationDesk();
    const [bob, carol] = [desk.hasTalk('bob'), desk.hasTalk('carol')];
    desk.create('a', [bob, carol]);
    desk.deletesFromList(bob);
    expect(desk.remove('a', [bob, bob])).toMatchObject({ reply: { successConversationIDList: [bob] } });
    expect(desk.events).toEqual(told([], [bob]));
    expect(desk.read()[0]?.conversationIDList).toEqual([carol]);
  });

  it('[CG6][CG13] what is not in goes well, changes nothing and is not told', () => {
    const desk = new ConversationDesk();
    const bob = desk.hasTalk('bob');
    desk.create('a', [bob]);
    const ids = ['GROUPnone', desk.hasGroup('other', 'Work', false), 'C2Czoe'];
    expect(desk.remove('a', ids)).toEqual({
      reply: {
        conversationGroupID: 1,
        groupName: 'a',
        successConversationIDList: ids,
        failureConversationIDList: [],
      },
    });
    expect(desk.events).toEqual([]);
    expect(desk.read()[0]?.conversationIDList).toEqual([bob]);
  });
});
