import type { ConversationView, LoggedEvent, Message as WireMessage } from '@muster/protocol';
import { expect, it } from 'vitest';
import { EVENT } from '../../src/constants/event.ts';
import { TYPES } from '../../src/constants/types.ts';
import { type Heard, messageRaiser, type Parts } from '../../src/messages/raise-messages.ts';
import { seenMessages } from '../../src/messages/seen-messages.ts';
import { groupView } from '../fake-server.ts';
import { wireMessage } from './wire-message.ts';

const DEVICE = 7;

/** Alice's device, what it is told and what it tells. */
function device() {
  const told: [string, Record<string, unknown>[]][] = [];
  const read = { readSequence: 0 };
  const clock = { now: 10_000 };
  const groups = new Map([['g', groupView('g')]]);
  const view = { peer: read } as unknown as ConversationView;
  const session = {
    userID: 'alice',
    device: DEVICE,
    get serverTime() {
      return clock.now;
    },
  };
  const mirror = {
    heldGroups: groups,
    heldMessages: new Map(),
    heldConversations: new Map([['C2Cbob', view]]),
  };
  const core = { mirror, session, around: { random: () => 0.5 } } as unknown as Parts;
  const seen = seenMessages(core);
  const raise = messageRaiser({ ...core, seen });
  const hear = (...events: (LoggedEvent | Heard['event'])[]) => {
    told.length = 0;
    raise(
      events.map((event) => ({ event, before: groups.get('g') })),
      { raise: (name, data) => told.push([name, data as Record<string, unknown>[]]) },
    );
    return told;
  };
  return { hear, seen, read, clock, groups };
}

const sent = (message: WireMessage, by?: number): LoggedEvent => ({
  name: 'messageSent',
  conversationID: 'C2Cbob',
  message,
  ...(by !== undefined && { by: { device: by, seq: 1 } }),
});

const members = (more: object): LoggedEvent => ({
  name: 'groupMembersUpdated',
  groupID: 'g',
  memberCount: 2,
  joined: [],
  left: [],
  roles: [],
  operatorID: 'bob',
  ...more,
});

const payloads = (told: [string, Record<string, unknown>[]][]) =>
  told.flatMap(([, messages]) => messages.map(({ payload }) => payload as Record<string, unknown>));

it('[MS4] MESSAGE_RECEIVED brings all that came together, and not what this device sent', () => {
  const { hear, seen } = device();
  const own = wireMessage({ from: 'alice', to: 'bob', random: 1, sequence: 2 });
  const told = hear(sent(wireMessage()), sent(own, DEVICE), sent({ ...own, random: 2, sequence: 3 }, 8), {
    event: 'onlineMessage',
    conversationID: 'C2Cbob',
    message: wireMessage({ random: 3, sequence: 0 }),
  });
  expect(told.map(([name]) => name)).toEqual([EVENT.MESSAGE_RECEIVED]);
  expect(told[0]?.[1].map(({ ID, flow, conversationID }) => [ID, flow, conversationID])).toEqual([
    ['bob-1-9', 'in', 'C2Cbob'],
    ['alice-1-2', 'out', 'C2Cbob'],
    ['bob-1-3', 'in', 'C2Cbob'],
  ]);
  expect(seen.find('alice-1-1')).toMatchObject({ status: 'success', flow: 'out' });
});

it('[DI5] what a page writes into a message changes nothing here', () => {
  const { hear, seen } = device();
  const [, [message]] = hear(sent(wireMessage()))[0] as [string, [{ payload: { text: string } }]];
  message.payload.text = 'mine';
  expect(seen.find('bob-1-9')?.payload).toEqual({ text: 'hi' });
});

it('[MS1] [MS5] tells of messages that it has seen what becomes of them', () => {
  const { hear, seen } = device();
  hear(sent(wireMessage()), sent(wireMessage({ random: 10, sequence: 2 })));
  const revoked = { revoker: 'bob', revokeReason: 'no' };
  const told = hear(
    { name: 'messageRevoked', conversationID: 'C2Cbob', sequence: 1, ...revoked },
    { name: 'messageRevoked', conversationID: 'C2Cbob', sequence: 77, ...revoked },
    {
      name: 'messageModified',
      conversationID: 'C2Cbob',
      message: wireMessage({ random: 10, sequence: 2, payload: { text: 'ho' }, isModified: true }),
    },
  );
  expect(told).toEqual([
    [EVENT.MESSAGE_MODIFIED, [expect.objectContaining({ isModified: true, payload: { text: 'ho' } })]],
    [EVENT.MESSAGE_REVOKED, [expect.objectContaining({ ID: 'bob-1-9', isRevoked: true, ...revoked })]],
  ]);
  hear({ name: 'messagesDeleted', conversationID: 'C2Cbob', sequenceList: [2], lastMessage: null });
  expect([seen.find('bob-1-9')?.isRevoked, seen.find('bob-1-10')]).toEqual([true, null]);
});

it('[MS1] MESSAGE_READ_BY_PEER tells each own message once', () => {
  const { hear, seen, read } = device();
  const own = (sequence: number) => wireMessage({ from: 'alice', to: 'bob', random: sequence, sequence });
  hear(sent(own(1), DEVICE), sent(own(2), DEVICE), sent(wireMessage({ sequence: 3 })), sent(own(4), DEVICE));
  read.readSequence = 3;
  const event = {
    name: 'messageReadByPeer',
    conversationID: 'C2Cbob',
    readSequence: 3,
    readTime: 5,
  } as const;
  const [[name, messages] = []] = hear(event);
  expect([name, messages?.map(({ sequence, isPeerRead }) => [sequence, isPeerRead])]).toEqual([
    EVENT.MESSAGE_READ_BY_PEER,
    [
      [1, true],
      [2, true],
    ],
  ]);
  expect(hear(event)).toEqual([]);
  expect([seen.find('alice-1-2')?.isPeerRead, seen.find('alice-1-4')?.isPeerRead]).toEqual([true, false]);
});

it('[MS4] a tip tells of joins, quits, kicks and roles, from the system', () => {
  const { hear } = device();
  const told = hear(
    members({ joined: ['carol'] }),
    members({ left: ['bob'] }),
    members({ left: ['carol', 'dave'] }),
    members({ roles: [{ userID: 'carol', role: 'Admin' }] }),
    members({ roles: [{ userID: 'carol', role: 'Member' }] }),
    members({
      roles: [
        { userID: 'carol', role: 'Owner' },
        { userID: 'bob', role: 'Member' },
      ],
    }),
  );
  expect(payloads(told).map(({ operationType, userIDList }) => [operationType, userIDList])).toEqual([
    [TYPES.GRP_TIP_MBR_JOIN, ['carol']],
    [TYPES.GRP_TIP_MBR_QUIT, ['bob']],
    [TYPES.GRP_TIP_MBR_KICKED_OUT, ['carol', 'dave']],
    [TYPES.GRP_TIP_MBR_SET_ADMIN, ['carol']],
    [TYPES.GRP_TIP_MBR_CANCELED_ADMIN, ['carol']],
  ]);
  expect(told[0]?.[1][0]).toMatchObject({
    type: TYPES.MSG_GRP_TIP,
    from: '@TIM#SYSTEM',
    to: 'g',
    conversationID: 'GROUPg',
    conversationType: 'GROUP',
    flow: 'in',
    time: 10,
    payload: {
      operatorID: 'bob',
      memberList: [{ userID: 'carol' }],
      memberCount: 2,
      groupProfile: { groupID: 'g', name: 'g' },
      newGroupProfile: {},
    },
  });
});

it('[MS4] a tip tells what changed of a group or of a member', () => {
  const { hear, groups } = device();
  const { profile, selfInfo } = groups.get('g') as ReturnType<typeof groupView>;
  const told = hear(
    {
      name: 'groupProfileUpdated',
      operatorID: 'bob',
      profile: { ...profile, name: 'new', nextMessageSeq: 9 },
    },
    { name: 'groupProfileUpdated', operatorID: 'bob', profile: { ...profile, nextMessageSeq: 10 } },
    { name: 'groupMemberUpdated', groupID: 'g', operatorID: 'bob', member: { ...selfInfo, muteUntil: 70 } },
  );
  expect(payloads(told)).toEqual([
    expect.objectContaining({
      operationType: TYPES.GRP_TIP_GRP_PROFILE_UPDATED,
      newGroupProfile: { name: 'new' },
    }),
    expect.objectContaining({
      operationType: TYPES.GRP_TIP_MBR_PROFILE_UPDATED,
      userIDList: ['alice'],
      memberList: [{ userID: 'alice', nameCard: '', muteTime: 60 }],
    }),
  ]);
});

it('[MS4] joins and quits of one group are at most 10 a second, and nothing else is left out', () => {
  const { hear, clock } = device();
  const joins = Array.from({ length: 12 }, (_, n) => members({ joined: [`u${n}`] }));
  const role = members({ roles: [{ userID: 'carol', role: 'Admin' }] });
  expect(payloads(hear(...joins, role))).toHaveLength(11);
  clock.now += 999;
  expect(hear(members({ left: ['u1'] }))).toHaveLength(1);
  expect(payloads(hear(members({ left: ['u2'], operatorID: 'u2' })))).toEqual([]);
  clock.now += 1;
  expect(payloads(hear(members({ joined: ['u2'] })))).toHaveLength(1);
});

it('[MS4] who comes into a room and leaves it is told as a tip', () => {
  const { hear } = device();
  const tip = {
    event: 'roomTip',
    groupID: 'g',
    userID: 'carol',
    nick: 'C',
    avatar: '',
    memberCount: 4,
  } as const;
  expect(payloads(hear({ ...tip, kind: 'joined' }, { ...tip, kind: 'left' }))).toMatchObject([
    { operationType: 1, userIDList: ['carol'], memberList: [{ userID: 'carol', nick: 'C' }], memberCount: 4 },
    { operationType: 2 },
  ]);
});

it('[MS4] a notice tells of being kicked and invited, of a dismissal, and of quitting elsewhere', () => {
  const { hear } = device();
  const operatorID = 'bob';
  const by = { device: DEVICE, seq: 1 };
  const told = hear(
    { name: 'groupLeft', groupID: 'g', reason: 'removed', operatorID },
    { name: 'groupDismissed', groupID: 'g', operatorID },
    {
      name: 'groupJoined',
      group: groupView('h'),
      conversation: {} as ConversationView,
      reason: 'added',
      operatorID,
    },
    { name: 'groupLeft', groupID: 'g', reason: 'quit', operatorID: 'alice', by: { device: 8, seq: 1 } },
    // What this device did itself is no news to it.
    { name: 'groupLeft', groupID: 'g', reason: 'quit', operatorID: 'alice', by },
    { name: 'groupDismissed', groupID: 'g', operatorID: 'alice', by },
    {
      name: 'groupJoined',
      group: groupView('h'),
      conversation: {} as ConversationView,
      reason: 'joined',
      operatorID,
    },
  );
  expect(payloads(told).map(({ operationType, operatorID: who }) => [operationType, who])).toEqual([
    [4, 'bob'],
    [5, 'bob'],
    [7, 'bob'],
    [8, 'alice'],
  ]);
  expect(told[0]?.[1][0]).toMatchObject({
    type: TYPES.MSG_GRP_SYS_NOTICE,
    conversationID: '@TIM#SYSTEM',
    conversationType: '@TIM#SYSTEM',
    to: 'alice',
    payload: { groupProfile: { groupID: 'g', name: 'g' } },
  });
});
