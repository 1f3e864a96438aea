import type { ServerFrame } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import { TYPES } from '../../src/constants/types.ts';
import type { ChatSDK } from '../../src/types/index.ts';
import { type FakeServer, fakeServer, groupView } from '../fake-server.ts';

async function ready(settings = {}): Promise<{ server: FakeServer; chat: ChatSDK }> {
  const server = fakeServer();
  server.login = { groups: [groupView('g')] };
  const chat = server.chat(settings);
  await server.ready(chat);
  return { server, chat };
}

const asked = (server: FakeServer) => server.requests.map(({ command, input }) => [command, input]);
const profileOf = (type: 'AVChatRoom' | 'Work', groupID: string) => ({ ...groupView(groupID).profile, type });

it('[DI1] speaks of group types in the words of TYPES', async () => {
  const { server, chat } = await ready();
  const words = [TYPES.GRP_WORK, TYPES.GRP_MEETING, TYPES.GRP_PUBLIC, 'Work', 'Meeting'] as const;
  server.onRequest = ({ input }) => {
    const { type } = input as { type: 'Work' };
    return { group: groupView('n', { profile: { ...profileOf('Work', 'n'), type } }), unknownUserIDList: [] };
  };
  const types: string[] = [];
  for (const type of words) {
    types.push((await chat.createGroup({ name: 'n', type: type as typeof TYPES.GRP_WORK })).data.group.type);
  }
  expect(server.requests.map(({ input }) => (input as { type: string }).type)).toEqual([
    'Work',
    'Meeting',
    'Public',
    'Work',
    'Meeting',
  ]);
  expect(types).toEqual(['Private', 'ChatRoom', 'Public', 'Private', 'ChatRoom']);
  await expect(chat.createGroup({ name: 'n', type: 'Room' })).rejects.toMatchObject({ code: 2600 });
});

it('[DI4] takes an optional empty name as absent, and an empty text as a text', async () => {
  const { server, chat } = await ready();
  void chat.createGroup({ name: 'n', groupID: '', introduction: '' }).catch(() => {});
  void chat.joinGroup({ groupID: 'x', applyMessage: '' }).catch(() => {});
  await server.clock.settle();
  expect(asked(server)).toEqual([
    ['createGroup', { name: 'n', introduction: '' }],
    ['joinGroup', { groupID: 'x' }],
  ]);
});

const member = {
  userID: 'bob',
  role: 'Member',
  joinTime: 1,
  nameCard: '',
  muteUntil: 0,
  nick: '',
  avatar: '',
};

it('gives the shapes of the API', async () => {
  const { server, chat } = await ready();
  const group = groupView('g');
  const answers: Record<string, unknown> = {
    getGroupProfile: { group },
    updateGroupProfile: { group },
    changeGroupOwner: { group },
    dismissGroup: { groupID: 'g' },
    quitGroup: { groupID: 'g' },
    getGroupOnlineMemberCount: { memberCount: 3 },
    getGroupMemberList: { memberList: [member], offset: 15 },
    addGroupMember: { successUserIDList: ['bob'], failureUserIDList: [], existedUserIDList: [] },
    deleteGroupMember: { userIDList: ['bob'] },
    setGroupMemberRole: { member },
    getGroupApplicationList: { applicationList: [] },
    handleGroupApplication: { groupID: 'g' },
  };
  server.onRequest = ({ command }) => answers[command];
  const g = expect.objectContaining({ groupID: 'g', lastMessage: expect.objectContaining({ lastTime: 0 }) });
  const shown = { ...member, memberCustomField: [] };
  const data = async (call: Promise<{ data: unknown }>) => (await call).data;
  expect(await data(chat.getGroupProfile({ groupID: 'g' }))).toEqual({ group: g });
  expect(await data(chat.updateGroupProfile({ groupID: 'g', name: 'x' }))).toEqual({ group: g });
  expect(await data(chat.changeGroupOwner({ groupID: 'g', newOwnerID: 'bob' }))).toEqual({ group: g });
  expect(await data(chat.dismissGroup('g'))).toEqual({ groupID: 'g' });
  expect(await data(chat.quitGroup('g'))).toEqual({ groupID: 'g' });
  expect(await data(chat.getGroupOnlineMemberCount('g'))).toEqual({ memberCount: 3 });
  expect(await data(chat.getGroupMemberList({ groupID: 'g' }))).toEqual({ memberList: [shown], offset: 15 });
  expect(await data(chat.addGroupMember({ groupID: 'g', userIDList: ['bob'] }))).toEqual({
    successUserIDList: ['bob'],
    failureUserIDList: [],
    existedUserIDList: [],
    group: g,
  });
  expect(await data(chat.deleteGroupMember({ groupID: 'g', userIDList: ['bob'] }))).toEqual({
    group: g,
    userIDList: ['bob'],
  });
  expect(await data(chat.setGroupMemberRole({ groupID: 'g', userID: 'bob', role: 'Admin' }))).toEqual({
    group: g,
    member: shown,
  });
  expect(await data(chat.getGroupApplicationList())).toEqual({ applicationList: [] });
  expect(
    await data(
      chat.handleGroupApplication({
        handleAction: 'Agree',
        application: { groupID: 'g', applicant: 'bob' } as never,
      }),
    ),
  ).toEqual({ group: g });
  expect(server.requests.at(-1)?.input).toEqual({ groupID: 'g', applicant: 'bob', handleAction: 'Agree' });
});

it('[GR6] gives the shapes of members', async () => {
  const { server, chat } = await ready();
  server.onRequest = ({ command }) =>
    command === 'getGroupMemberProfile' ? { memberList: [member] } : { member };
  const shown = { ...member, memberCustomField: [] };
  const bob = { groupID: 'g', userID: 'bob' };
  const changed = { group: expect.objectContaining({ groupID: 'g' }), member: shown };
  expect((await chat.setGroupMemberNameCard({ ...bob, nameCard: 'B' })).data).toEqual(changed);
  expect((await chat.setGroupMemberMuteTime({ ...bob, muteTime: 9 })).data).toEqual(changed);
  expect((await chat.getGroupMemberProfile({ groupID: 'g', userIDList: ['bob'] })).data).toEqual({
    memberList: [shown],
  });
});

it('pages members by 15, at most by 100, and takes offsets that are strings', async () => {
  const { server, chat } = await ready();
  server.onRequest = () => ({ memberList: [], offset: 0 });
  await chat.getGroupMemberList({ groupID: 'g' });
  await chat.getGroupMemberList({ groupID: 'g', count: 500, offset: '30', role: '' });
  expect(asked(server)).toEqual([
    ['getGroupMemberList', { groupID: 'g', count: 15 }],
    ['getGroupMemberList', { groupID: 'g', count: 100, offset: 30 }],
  ]);
});

describe('rooms', () => {
  const roomView = groupView('room', { profile: profileOf('AVChatRoom', 'room') });
  const joined = {
    status: 'JoinedSuccess',
    group: roomView,
    profile: roomView.profile,
    leftGroupIDList: ['old'],
  };

  it('[GR7] belong to the device: known by the answer, in no list, ended by the next one', async () => {
    const { server, chat } = await ready();
    const lists: unknown[] = [];
    const counted: string[] = [];
    chat.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => lists.push(data));
    chat.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => counted.push(data.key));
    server.onRequest = () => joined;
    expect((await chat.joinGroup({ groupID: 'room' })).data).toMatchObject({
      status: 'JoinedSuccess',
      group: { type: 'AVChatRoom' },
    });
    const news = (groupID: string): ServerFrame => ({
      event: 'groupCounters',
      groupID,
      since: 0,
      version: 1,
      counters: [{ key: groupID, value: 1, version: 1 }],
      deleted: [],
    });
    server.send(news('room'), news('old'));
    await server.clock.settle();
    expect([lists, counted, (await chat.getGroupList()).data.groupList.length]).toEqual([[], ['room'], 1]);
    server.onRequest = () => ({ groupID: 'room' });
    await chat.quitGroup('room');
    server.socket().cut();
    await server.clock.advance(1_000);
    expect(server.logins[1]?.positions?.map(({ scope }) => scope)).toEqual(['user:alice', 'group:g']);
  });

  it('[GR7] may be several when the instance was made so', async () => {
    const { server, chat } = await ready({ unlimitedAVChatRoom: true });
    server.onRequest = () => joined;
    await chat.joinGroup({ groupID: 'room' });
    expect(server.requests[0]?.input).toEqual({ groupID: 'room', othersToo: true });
  });

  it('shows a group that one waits to be let into without oneself', async () => {
    const { server, chat } = await ready();
    server.onRequest = () => ({
      status: 'WaitAdminApproval',
      group: null,
      profile: profileOf('Work', 'w'),
      leftGroupIDList: [],
    });
    const { data } = await chat.joinGroup({ groupID: 'w', applyMessage: 'please' });
    expect(data).toMatchObject({
      status: 'WaitAdminApproval',
      group: { groupID: 'w', selfInfo: { userID: '' } },
    });
  });
});

describe('arguments', () => {
  const wrong: [string, (chat: ChatSDK) => Promise<unknown>, string][] = [
    ['no options', (chat) => chat.createGroup(undefined as never), 'options'],
    ['an array', (chat) => chat.joinGroup([] as never), 'options'],
    ['no name', (chat) => chat.createGroup({} as never), 'name'],
    ['an empty groupID', (chat) => chat.joinGroup({ groupID: '' }), 'groupID'],
    ['a number as groupID', (chat) => chat.quitGroup(5 as never), 'groupID'],
    ['null as text', (chat) => chat.createGroup({ name: 'n', introduction: null as never }), 'introduction'],
    ['no list', (chat) => chat.addGroupMember({ groupID: 'g', userIDList: 'bob' as never }), 'userIDList'],
    ['an empty list', (chat) => chat.addGroupMember({ groupID: 'g', userIDList: [] }), 'userIDList'],
    [
      '101 users',
      (chat) => chat.deleteGroupMember({ groupID: 'g', userIDList: Array(101).fill('b') }),
      'userIDList',
    ],
    [
      'a member without a name',
      (chat) => chat.createGroup({ name: 'n', memberList: [{} as never] }),
      'memberList[0].userID',
    ],
    ['a negative count', (chat) => chat.getGroupMemberList({ groupID: 'g', count: -1 }), 'count'],
    [
      'a long operationID',
      (chat) => chat.joinGroup({ groupID: 'g', operationID: 'é'.repeat(33) }),
      'operationID',
    ],
    ['no application', (chat) => chat.handleGroupApplication({ handleAction: 'Agree' }), 'application'],
    ['no userSig', (chat) => chat.login({ userID: 'x' } as never), 'userSig'],
    ['a list with a number', (chat) => chat.getUserProfile({ userIDList: [5 as never] }), 'userIDList[0]'],
  ];
  for (const [what, call, argument] of wrong) {
    it(`[DL10] ${what} is rejected 6017, names ${argument}, and nothing is sent`, async () => {
      const { server, chat } = await ready();
      await expect(call(chat)).rejects.toMatchObject({
        code: 6017,
        name: 'INVALID_ARGUMENT',
        message: expect.stringContaining(argument),
      });
      expect(server.requests).toEqual([]);
    });
  }

  it('[DI4] ignores what it does not know', async () => {
    const { server, chat } = await ready();
    void chat.joinGroup({ groupID: 'x', speed: 9 } as never).catch(() => {});
    await server.clock.settle();
    expect(asked(server)).toEqual([['joinGroup', { groupID: 'x' }]]);
  });

  it("[DL2] hands an app's own operationID over beside the input", async () => {
    const { server, chat } = await ready();
    void chat.increaseGroupCounter({ groupID: 'g', key: 'k', value: 1, operationID: 'mine' }).catch(() => {});
    void chat.joinGroup({ groupID: 'x', operationID: 'also' }).catch(() => {});
    await server.clock.settle();
    expect(server.requests.map(({ operationID, operation }) => [operationID, operation?.seq])).toEqual([
      ['mine', 1],
      ['also', 2],
    ]);
    expect(server.requests[1]?.input).toEqual({ groupID: 'x' });
  });

  it('[GR6] takes what mutes, and refuses what is no time', async () => {
    const { server, chat } = await ready();
    void chat.updateGroupProfile({ groupID: 'g', muteAllMembers: true }).catch(() => {});
    void chat.setGroupMemberNameCard({ groupID: 'g', userID: '', nameCard: '' }).catch(() => {});
    await server.clock.settle();
    expect(asked(server)).toEqual([
      ['updateGroupProfile', { groupID: 'g', muteAllMembers: true }],
      ['setGroupMemberNameCard', { groupID: 'g', nameCard: '' }],
    ]);
    for (const muteTime of [-1, 0.5, '60', undefined]) {
      const given = { groupID: 'g', userID: 'bob', muteTime } as never;
      await expect(chat.setGroupMemberMuteTime(given)).rejects.toMatchObject({ code: 6017 });
    }
  });

  it('[GR6] shows the user what the group knows of him, as it changes', async () => {
    const { server, chat } = await ready();
    const shown: unknown[] = [];
    chat.on(EVENT.GROUP_LIST_UPDATED, ({ data }) => {
      shown.push([data[0]?.selfInfo.nameCard, data[0]?.selfInfo.muteUntil]);
    });
    const told = (seq: number, userID: string, nameCard: string, muteUntil: number) => {
      const member = { ...groupView('g').selfInfo, userID, nameCard, muteUntil };
      const event = { name: 'groupMemberUpdated', groupID: 'g', member, operatorID: 'bob' } as const;
      server.send({ event: 'log', scope: 'group:g', seq, events: [event] });
    };
    told(1, 'alice', 'Ali', 0);
    await server.clock.settle();
    told(2, 'bob', 'Bobby', 9);
    told(3, 'alice', 'Ali', 99);
    await server.clock.settle();
    expect(shown).toEqual([
      ['Ali', 0],
      ['Ali', 99],
    ]);
  });
});
