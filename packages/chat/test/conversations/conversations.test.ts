import type { ConversationView, LoggedEvent } from '@muster/protocol';
import { describe, expect, it, vi } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import type { ChatSDK, Conversation } from '../../src/types/index.ts';
import { conversationView, type FakeServer, fakeServer, groupView } from '../fake-server.ts';
import { wireMessage } from '../messages/wire-message.ts';

vi.spyOn(console, 'warn').mockImplementation(() => {});

const GROUP = groupView('g', { profile: { ...groupView('g').profile, type: 'Public' } });

/** Bob has said one thing to alice, who is in the group g, and has one conversation group with bob in it. */
async function ready(more: Partial<FakeServer['login']> = {}) {
  const server = fakeServer();
  const bob = conversationView('C2Cbob', {
    tally: { sequence: 1, counted: 1, own: 0 },
    lastMessage: wireMessage(),
  });
  server.login = {
    groups: [GROUP],
    conversations: [bob, conversationView('GROUPg')],
    conversationGroups: [{ conversationGroupID: 3, groupName: 'friends', conversationIDList: ['C2Cbob'] }],
    ...more,
  };
  const chat = server.chat();
  const heard: string[] = [];
  for (const name of Object.values(EVENT)) chat.on(name, () => heard.push(name));
  await server.ready(chat);
  let seq = 0;
  const tell = async (...events: LoggedEvent[]) => {
    server.send({ event: 'log', scope: 'user:alice', seq: seq + 1, events });
    seq += events.length;
    await server.clock.settle();
  };
  return { server, chat, heard, tell };
}

const said = (sequence: number, text = 'hi'): LoggedEvent => ({
  name: 'messageSent',
  conversationID: 'C2Cbob',
  message: wireMessage({ sequence, payload: { text }, timestamp: 1_000 * sequence }),
});

async function listOf(chat: ChatSDK, options?: Parameters<ChatSDK['getConversationList']>[0]) {
  return (await chat.getConversationList(options)).data.conversationList;
}
const idsOf = (list: Conversation[]) => list.map(({ conversationID }) => conversationID);

describe('the list', () => {
  it('[US4] is shown once before SDK_READY, with the names of the conversation groups', async () => {
    const { heard } = await ready();
    expect(heard.slice(-4)).toEqual([
      EVENT.CONVERSATION_LIST_UPDATED,
      EVENT.GROUP_LIST_UPDATED,
      EVENT.CONVERSATION_GROUP_LIST_UPDATED,
      EVENT.SDK_READY,
    ]);
  });

  it('[DI] has every field of the shape, also when nothing was said', async () => {
    const { chat } = await ready();
    const [bob, group] = (await listOf(chat)) as [Conversation, Conversation];
    expect(bob).toMatchObject({
      conversationID: 'C2Cbob',
      unreadCount: 1,
      conversationGroupList: ['friends'],
      lastMessage: {
        lastTime: 1,
        lastSequence: 1,
        messageForShow: 'hi',
        type: 'TIMTextElem',
        isPeerRead: false,
      },
    });
    expect(group.lastMessage).toEqual({
      lastTime: 0,
      lastSequence: 0,
      fromAccount: '',
      messageForShow: '',
      type: '',
      payload: null,
      isRevoked: false,
      revoker: null,
      nick: '',
      nameCard: '',
      cloudCustomData: '',
      isPeerRead: false,
    });
    expect(Object.keys(group).sort()).toEqual(
      [...Object.keys(bob).filter((key) => key !== 'userProfile'), 'groupProfile'].sort(),
    );
  });

  it('[DI] shows the label of what is no text, and who was named', async () => {
    const { server, chat } = await ready();
    const to = { conversationType: 'GROUP', to: 'g', from: 'bob' } as const;
    const tell = (seq: number, more: object) =>
      server.send({
        event: 'log',
        scope: 'group:g',
        seq,
        events: [
          {
            name: 'messageSent',
            conversationID: 'GROUPg',
            message: wireMessage({ ...to, sequence: seq, ...more }),
          },
        ],
      });
    tell(1, { atUserList: ['alice'] });
    tell(2, { type: 'TIMCustomElem', payload: { data: 'x' }, atUserList: ['__kImSDK_MesssageAtALL__'] });
    tell(3, { from: 'alice', atUserList: ['alice'], excludedFromLastMessage: true });
    await server.clock.settle();
    const [group] = await listOf(chat, ['GROUPg']);
    expect(group).toMatchObject({
      unreadCount: 2,
      lastMessage: { messageForShow: '[Custom Messages]', lastSequence: 2 },
      groupAtInfoList: [
        { from: 'bob', groupID: 'g', messageSequence: 1, atTypeArray: [1] },
        { from: 'bob', groupID: 'g', messageSequence: 2, atTypeArray: [2] },
      ],
      groupProfile: { groupID: 'g', nextMessageSeq: 4 },
    });
  });

  it('[CG12] gives those named, those that meet all conditions, or all', async () => {
    const { chat } = await ready();
    const ids = async (options?: Parameters<ChatSDK['getConversationList']>[0]) =>
      idsOf(await listOf(chat, options));
    expect(await ids()).toEqual(['C2Cbob', 'GROUPg']);
    expect(await ids(['GROUPg', 'C2Cnobody'])).toEqual(['GROUPg']);
    expect(await ids([])).toEqual([]);
    expect(await ids({ groupName: 'friends', type: 'C2C', hasUnreadCount: true })).toEqual(['C2Cbob']);
    expect(await ids({ groupName: 'friends', hasUnreadCount: false })).toEqual([]);
    expect(await ids({ groupName: '' })).toEqual(['GROUPg']);
    expect(await ids({ groupName: 'unknown' })).toEqual([]);
    expect(await ids({ markType: 1 })).toEqual([]);
    expect(await ids({ hasGroupAtInfo: true })).toEqual([]);
  });

  it('[DI5] gives a new object for what changed, the same for the rest, and nothing of the state', async () => {
    const { chat, tell } = await ready();
    const [bob, group] = (await listOf(chat)) as [Conversation, Conversation];
    bob.unreadCount = 99;
    bob.userProfile.nick = 'mine';
    (bob.lastMessage.payload as { text: string }).text = 'mine';
    await tell(said(2));
    const [after, same] = (await listOf(chat)) as [Conversation, Conversation];
    expect(same).toBe(group);
    expect(after).not.toBe(bob);
    expect(after).toMatchObject({
      unreadCount: 2,
      userProfile: { nick: '' },
      lastMessage: { payload: { text: 'hi' } },
    });
    await tell({ name: 'conversationGroupRenamed', conversationGroupID: 3, groupName: 'pals' });
    expect((await listOf(chat)).map((one) => one === after)).toEqual([false, false]);
    expect((await listOf(chat))[1]).toBe(group);
  });

  it('[CV1] sorts pinned ones first, then the newest, and equal ones by id', async () => {
    const at = (id: string, timestamp: number, isPinned = false): ConversationView => {
      const view = conversationView(id, { tally: { sequence: 1, counted: 1, own: 0 } });
      return { ...view, state: { ...view.state, isPinned }, lastMessage: wireMessage({ timestamp }) };
    };
    const conversations = [
      at('C2Ca', 5),
      at('C2Cc', 9),
      at('C2Cb', 9),
      at('C2Cd', 1, true),
      conversationView('GROUPg'),
    ];
    const { chat } = await ready({ conversations });
    expect(idsOf(await listOf(chat))).toEqual(['C2Cd', 'GROUPg', 'C2Cb', 'C2Cc', 'C2Ca']);
  });

  it('[CV2] keeps a draft here alone, and refuses one of what is not in the list', async () => {
    const { server, chat, heard } = await ready();
    heard.length = 0;
    await chat.setConversationDraft({ conversationID: 'C2Cbob', draftText: 'dear' });
    expect([heard, server.requests]).toEqual([[EVENT.CONVERSATION_LIST_UPDATED], []]);
    expect((await listOf(chat))[0]?.draftText).toBe('dear');
    const other = chat.setConversationDraft({ conversationID: 'C2Cnobody', draftText: '' });
    await expect(other).rejects.toMatchObject({ code: 2500 });
  });

  it('[DL10] a missing argument is named, and nothing is sent', async () => {
    const { server, chat } = await ready();
    const message = async (call: Promise<unknown>) => call.catch((error) => [error.code, error.message]);
    const loose = chat as unknown as Record<string, (options?: unknown) => Promise<unknown>>;
    for (const [name, options, argument] of [
      ['markConversation', { conversationIDList: ['C2Cbob'], markType: 3, enableMark: true }, 'markType'],
      [
        'markConversation',
        { conversationIDList: 'C2Cbob', markType: 1, enableMark: true },
        'conversationIDList',
      ],
      ['createConversationGroup', { groupName: 'x', conversationIDList: [7] }, 'conversationIDList[0]'],
      ['deleteConversationGroup', undefined, 'groupName'],
      ['setMessageRemindType', { messageRemindType: 'Discard' }, 'groupID'],
      ['setAllMessageRead', { scope: 'everything' }, 'scope'],
      ['getConversationList', { hasUnreadCount: 1 }, 'hasUnreadCount'],
      ['pinConversation', { conversationID: 'C2Cbob' }, 'isPinned'],
    ] as const) {
      expect(await message(loose[name]?.(options) as Promise<unknown>)).toEqual([
        6017,
        expect.stringContaining(`${name}: ${argument} `),
      ]);
    }
    expect(server.requests).toEqual([]);
  });
});

describe('events', () => {
  it('[CV2] are at most one list in 50 ms while messages stream in, the last always', async () => {
    const { server, chat, tell } = await ready();
    const lists: (number | undefined)[] = [];
    const totals: number[] = [];
    chat.on(EVENT.CONVERSATION_LIST_UPDATED, ({ data }) => lists.push(data[0]?.lastMessage.lastSequence));
    chat.on(EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED, ({ data }) => totals.push(data));
    await server.clock.advance(100);
    await tell(said(2));
    await tell(said(3));
    await server.clock.advance(20);
    await tell(said(4));
    expect(lists).toEqual([2]);
    await server.clock.advance(30);
    expect([lists, totals]).toEqual([
      [2, 4],
      [2, 4],
    ]);
    await tell(said(5));
    await tell({ name: 'messageReadByPeer', conversationID: 'C2Cbob', readSequence: 1, readTime: 9 });
    expect(lists).toEqual([2, 4, 5]);
    await server.clock.advance(100);
    expect([lists, totals]).toEqual([
      [2, 4, 5],
      [2, 4, 5],
    ]);
  });

  it('[CG14] come once all is applied: every read in a handler shows the change', async () => {
    const { server, chat, tell } = await ready();
    await server.clock.advance(100);
    const reads: unknown[] = [];
    chat.on(EVENT.MESSAGE_RECEIVED, async () => reads.push(chat.getTotalUnreadMessageCount()));
    chat.on(EVENT.CONVERSATION_LIST_UPDATED, () => reads.push(chat.getTotalUnreadMessageCount()));
    await tell(said(2), said(3));
    expect(reads).toEqual([3, 3]);
  });

  it('[DL4] a snapshot replaces the state with one event of each kind, and no message', async () => {
    const { server, chat, heard } = await ready();
    const [before] = await listOf(chat, ['GROUPg']);
    heard.length = 0;
    const bob = conversationView('C2Cbob', { tally: { sequence: 7, counted: 7, own: 0 } });
    const { groups, conversations } = { groups: [GROUP], conversations: [bob, conversationView('GROUPg')] };
    const profile = (await chat.getMyProfile()).data as never;
    server.login = { snapshot: { profile, groups, conversations, conversationGroups: [] } };
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(heard.filter((name) => name !== EVENT.NET_STATE_CHANGE)).toEqual([
      EVENT.CONVERSATION_GROUP_LIST_UPDATED,
      EVENT.CONVERSATION_LIST_UPDATED,
      EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED,
    ]);
    const list = await listOf(chat);
    expect(list.find(({ type }) => type === 'GROUP')).toBe(before);
    expect(chat.getTotalUnreadMessageCount()).toBe(7);
  });
});
