import type { ConversationGroup, LoggedEvent } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import { conversationView, type FakeServer, fakeServer } from '../fake-server.ts';
import { wireMessage } from '../messages/wire-message.ts';

const spoken = (id: string) =>
  conversationView(id, { tally: { sequence: 1, counted: 1, own: 0 }, lastMessage: wireMessage() });

const friends: ConversationGroup = {
  conversationGroupID: 3,
  groupName: 'friends',
  conversationIDList: ['C2Cbob'],
};
const members = (added: string[], removed: string[] = []): LoggedEvent => ({
  name: 'conversationGroupMembersUpdated',
  conversationGroupID: 3,
  added,
  removed,
});

const LISTS = [EVENT.CONVERSATION_GROUP_LIST_UPDATED, EVENT.CONVERSATION_LIST_UPDATED];

async function ready(more: Partial<FakeServer['login']> = {}) {
  const server = fakeServer();
  server.login = {
    conversations: [spoken('C2Cbob'), spoken('C2Ccid')],
    conversationGroups: [friends],
    ...more,
  };
  const chat = server.chat();
  await server.ready(chat);
  const heard: string[] = [];
  for (const name of Object.values(EVENT)) chat.on(name, () => heard.push(name));
  let seq = 0;
  const tell = async (...events: LoggedEvent[]) => {
    server.send({ event: 'log', scope: 'user:alice', seq: seq + 1, events });
    seq += events.length;
    await server.clock.settle();
    return heard.splice(0);
  };
  const idsIn = async (groupName: string) =>
    (await chat.getConversationList({ groupName })).data.conversationList.map((one) => one.conversationID);
  return { server, chat, tell, heard, idsIn };
}

describe('events of conversation groups', () => {
  it('[CG13][CG14] making, renaming and deleting raise both lists, each once and in their order', async () => {
    const { chat, tell } = await ready();
    const made = { conversationGroupID: 4, groupName: 'new', conversationIDList: ['C2Ccid'] };
    expect(await tell({ name: 'conversationGroupCreated', conversationGroup: made })).toEqual(LISTS);
    expect(
      await tell({ name: 'conversationGroupRenamed', conversationGroupID: 3, groupName: 'pals' }),
    ).toEqual(LISTS);
    expect((await chat.getConversationGroupList()).data).toEqual(['pals', 'new']);
    expect(await tell({ name: 'conversationGroupDeleted', conversationGroupID: 3 })).toEqual(LISTS);
    expect((await chat.getConversationGroupList()).data).toEqual(['new']);
  });

  it('[CG13][CG14] adding and removing raise both lists, and once what is in it now', async () => {
    const { chat, tell, idsIn } = await ready();
    const told: unknown[] = [];
    chat.on(EVENT.CONVERSATION_IN_GROUP_UPDATED, ({ data }) =>
      told.push([data.groupName, data.conversationList.map(({ conversationID }) => conversationID)]),
    );
    const three = [...LISTS, EVENT.CONVERSATION_IN_GROUP_UPDATED];
    expect(await tell(members(['C2Ccid']), members([], ['C2Cbob']))).toEqual(three);
    expect(await tell(members(['C2Cbob']))).toEqual(three);
    expect(told).toEqual([
      ['friends', ['C2Ccid']],
      ['friends', ['C2Cbob', 'C2Ccid']],
    ]);
    expect(await idsIn('friends')).toEqual(['C2Cbob', 'C2Ccid']);
  });

  it('[CG14] every read in a handler shows the change', async () => {
    const { chat, tell } = await ready();
    const reads: Promise<unknown>[] = [];
    chat.on(EVENT.CONVERSATION_GROUP_LIST_UPDATED, () =>
      reads.push(chat.getConversationList({ groupName: 'friends' })),
    );
    await tell(members(['C2Ccid']));
    expect(await Promise.all(reads)).toMatchObject([{ data: { conversationList: { length: 2 } } }]);
  });

  it('[CG6] keeps a member that is not in the list, and shows it when it appears', async () => {
    const { chat, tell, idsIn } = await ready();
    await tell(members(['C2Cdan', 'GROUPgone']));
    expect((await chat.getConversationGroups()).data[0]?.conversationIDList).toEqual(['C2Cbob', 'C2Cdan']);
    expect(await idsIn('friends')).toEqual(['C2Cbob']);
    const message = wireMessage({ from: 'dan' });
    const conversation = spoken('C2Cdan');
    await tell({ name: 'messageSent', conversationID: 'C2Cdan', message, conversation });
    expect(await idsIn('friends')).toEqual(['C2Cbob', 'C2Cdan']);
  });
});

describe('methods of conversation groups', () => {
  it('[CG17] tell members and what is unread where messages are announced', async () => {
    const { chat, tell } = await ready();
    await tell(members(['C2Ccid']));
    const figures = async () => {
      const [first] = (await chat.getConversationGroups()).data;
      return [first?.conversationGroupID, first?.unreadCount, first?.unreadConversationCount];
    };
    expect(await figures()).toEqual([3, 2, 2]);
    const state = { ...spoken('C2Ccid').state, messageRemindType: 'Discard' as const };
    await tell({ name: 'conversationsUpdated', conversations: [state] });
    expect(await figures()).toEqual([3, 1, 1]);
    expect(chat.getTotalUnreadMessageCount()).toBe(1);
  });

  it('[CG16] name it by the id that the name has when they are called', async () => {
    const { server, chat, tell } = await ready();
    server.isDeaf = true;
    const calls = [
      chat.addConversationsToGroup({ groupName: 'friends', conversationIDList: ['C2Ccid'] }),
      chat.renameConversationGroup({ oldName: 'friends', newName: 'pals' }),
      chat.deleteConversationGroup('friends'),
      chat.deleteConversationGroup('unknown'),
    ];
    await server.clock.settle();
    await tell({ name: 'conversationGroupRenamed', conversationGroupID: 3, groupName: 'others' });
    expect(server.requests.map(({ input }) => input)).toEqual([
      { groupName: 'friends', conversationIDList: ['C2Ccid'], conversationGroupID: 3 },
      { oldName: 'friends', newName: 'pals', conversationGroupID: 3 },
      { groupName: 'friends', conversationGroupID: 3 },
      { groupName: 'unknown' },
    ]);
    for (const request of server.requests)
      server.answer(request, { conversationGroupID: 3, groupName: 'others' });
    expect((await Promise.all(calls)).at(-1)).toEqual({ code: 0, data: { groupName: 'others' } });
  });

  it('[CG5][DL9] answer what went well and what did not, and find their events raised', async () => {
    const { server, chat, heard } = await ready();
    const lists = {
      successConversationIDList: ['C2Ccid'],
      failureConversationIDList: [{ conversationID: 'x', code: 2503, message: 'no' }],
    };
    server.onRequest = () => {
      server.send({
        event: 'log',
        scope: 'user:alice',
        seq: 1,
        events: [
          {
            name: 'conversationGroupCreated',
            conversationGroup: { conversationGroupID: 4, groupName: 'new', conversationIDList: ['C2Ccid'] },
          },
        ],
      });
      return { conversationGroupID: 4, groupName: 'new', ...lists };
    };
    const answer = await chat.createConversationGroup({
      groupName: 'new',
      conversationIDList: ['C2Ccid', 'x'],
    });
    expect(answer).toEqual({ code: 0, data: lists });
    expect(heard).toEqual(LISTS);
  });
});

it('[CG12] a list of one conversation group is there within a millisecond, of 1,000 in 20', async () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `C2Cuser-${index}`);
  const conversationGroups = Array.from({ length: 20 }, (_, index) => ({
    conversationGroupID: index + 1,
    groupName: `n${index}`,
    conversationIDList: ids.filter((_id, place) => place % 20 === index),
  }));
  const { chat, idsIn } = await ready({ conversations: ids.map(spoken), conversationGroups });
  expect(await idsIn('n7')).toHaveLength(50);
  const times: number[] = [];
  for (let call = 0; call < 100; call += 1) {
    const before = performance.now();
    await chat.getConversationList({ groupName: `n${call % 20}` });
    times.push(performance.now() - before);
  }
  expect(times.sort((one, other) => one - other)[50]).toBeLessThan(1);
});
