import type { ErrorName } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ConversationDesk } from './conversation-desk.ts';

const refused = (error: ErrorName) => ({ refused: error });
const names = (desk: ConversationDesk) => desk.read().map(({ groupName }) => groupName);
const many = (count: number) => Array.from({ length: count }, (_, i) => `C2Cuser${i}`);
const event = (rest: object) => [{ scope: 'user:ann', event: rest }];

describe('creating a conversation group', () => {
  it('[CG5] may be without conversations', () => {
    const desk = new ConversationDesk();
    const lists = { successConversationIDList: [], failureConversationIDList: [] };
    expect(desk.create('a')).toEqual({ reply: { conversationGroupID: 1, groupName: 'a', ...lists } });
    const conversationGroup = { conversationGroupID: 1, groupName: 'a', conversationIDList: [] };
    expect(desk.events).toEqual(event({ name: 'conversationGroupCreated', conversationGroup }));
  });

  it('[CG13] tells of the members it begins with, and of those alone', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    desk.create('a', [talk, 'C2Cnobody', talk]);
    const conversationGroup = { conversationGroupID: 1, groupName: 'a', conversationIDList: [talk] };
    expect(desk.events).toEqual(event({ name: 'conversationGroupCreated', conversationGroup }));
  });

  it('[CG1] the 20th is made, the 21st is refused 51010, and a deletion makes room', () => {
    const desk = new ConversationDesk();
    for (let i = 1; i <= 20; i++) expect(desk.create(`n${i}`)).toHaveProperty('reply');
    expect(desk.create('n21')).toEqual(refused('TOO_MANY_CONVERSATION_GROUPS'));
    expect(desk.read()).toHaveLength(20);
    desk.delete('n3');
    expect(desk.create('n21')).toMatchObject({ reply: { conversationGroupID: 21 } });
  });

  it('[CG3] ids are 1, 2, 3, ... and never given twice, a name may be taken again', () => {
    const desk = new ConversationDesk();
    desk.create('a');
    desk.create('b');
    desk.delete('b');
    expect(desk.create('b')).toMatchObject({ reply: { conversationGroupID: 3 } });
    expect(desk.create('b')).toEqual(refused('CONVERSATION_GROUP_NAME_TAKEN'));
    expect(names(desk)).toEqual(['a', 'b']);
  });

  it('[DL10] is refused 51011, 51006, 52001, 51010, in this order', () => {
    const desk = new ConversationDesk();
    for (let i = 1; i <= 20; i++) desk.create(`n${i}`);
    expect(desk.create('', many(101))).toEqual(refused('BAD_CONVERSATION_GROUP_NAME'));
    expect(desk.create('n1', many(101))).toEqual(refused('CONVERSATION_COUNT'));
    expect(desk.create('n1', many(100))).toEqual(refused('CONVERSATION_GROUP_NAME_TAKEN'));
    expect(desk.create('new', many(100))).toEqual(refused('TOO_MANY_CONVERSATION_GROUPS'));
  });
});

describe('deleting a conversation group', () => {
  it('[CG8][CG9] takes it with its members and leaves them where else they are', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    desk.create('a', [talk]);
    desk.create('b', [talk]);
    expect(desk.delete('a')).toEqual({ reply: { conversationGroupID: 1, groupName: 'a' } });
    expect(desk.events).toEqual(event({ name: 'conversationGroupDeleted', conversationGroupID: 1 }));
    expect(desk.read()).toEqual([{ conversationGroupID: 2, groupName: 'b', conversationIDList: [talk] }]);
    expect(desk.delete('a')).toEqual(refused('CONVERSATION_GROUP_NOT_FOUND'));
  });
});

describe('renaming a conversation group', () => {
  it('[CG3][CG10] keeps its id, its place and its members', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    for (const name of ['a', 'b', 'c']) desk.create(name, [talk]);
    expect(desk.rename('b', 'z')).toEqual({ reply: { conversationGroupID: 2, groupName: 'z' } });
    const told = { name: 'conversationGroupRenamed', conversationGroupID: 2, groupName: 'z' };
    expect(desk.events).toEqual(event(told));
    expect(names(desk)).toEqual(['a', 'z', 'c']);
    expect(desk.read()[1]?.conversationIDList).toEqual([talk]);
  });

  it('[CG3][CG13] to its own name succeeds, changes nothing and tells nobody', () => {
    const desk = new ConversationDesk();
    desk.create('a');
    expect(desk.rename('a', 'a')).toEqual({ reply: { conversationGroupID: 1, groupName: 'a' } });
    expect(desk.events).toEqual([]);
  });

  it('[DL10] is refused 51011, 51009, 52001, in this order', () => {
    const desk = new ConversationDesk();
    desk.create('a');
    desk.create('b');
    expect(desk.rename('none', '')).toEqual(refused('BAD_CONVERSATION_GROUP_NAME'));
    expect(desk.rename('none', 'a')).toEqual(refused('CONVERSATION_GROUP_NOT_FOUND'));
    expect(desk.rename('a', 'b')).toEqual(refused('CONVERSATION_GROUP_NAME_TAKEN'));
    expect(names(desk)).toEqual(['a', 'b']);
  });
});

describe('naming a conversation group by its id', () => {
  it('[CG16] an edit finds it after a rename, and answers the name it has now', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    desk.create('a');
    desk.rename('a', 'b');
    const stale = { groupName: 'a', conversationGroupID: 1 };
    expect(desk.add(stale, [talk])).toMatchObject({ reply: { conversationGroupID: 1, groupName: 'b' } });
    expect(desk.remove(stale, [talk])).toMatchObject({ reply: { groupName: 'b' } });
    expect(desk.rename(stale, 'c')).toEqual({ reply: { conversationGroupID: 1, groupName: 'c' } });
    expect(desk.delete(stale)).toEqual({ reply: { conversationGroupID: 1, groupName: 'c' } });
  });

  it('[CG16] deletion wins, also when another has taken the name since', () => {
    const desk = new ConversationDesk();
    const talk = desk.hasTalk('bob');
    desk.create('a');
    desk.delete('a');
    desk.create('a');
    const stale = { groupName: 'a', conversationGroupID: 1 };
    const absent = refused('CONVERSATION_GROUP_NOT_FOUND');
    expect(desk.add(stale, [talk])).toEqual(absent);
    expect(desk.remove(stale, [talk])).toEqual(absent);
    expect(desk.rename(stale, 'b')).toEqual(absent);
    expect(desk.delete(stale)).toEqual(absent);
    expect(desk.read()).toEqual([{ conversationGroupID: 2, groupName: 'a', conversationIDList: [] }]);
  });
});
