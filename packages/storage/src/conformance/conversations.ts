import { conversationKey, groupChat, pairChat } from '@muster/domain';
import { AT_ALL, LIMITS } from '@muster/protocol';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { createGroup, endGroup, loginDevice, removeMember, START } from './fixtures.ts';
import {
  conversationRecord,
  deleteMessages,
  joinGroup,
  messageRecord,
  putConversation,
  sayAll,
  sendToUser,
  shownTo,
} from './message-deciders.ts';
import type { Subject } from './subject.ts';

/** A user's conversations: what is kept of them, and what they are read with. */
export function conversations(subject: Subject): void {
  it('[CV2] keeps every field of a record', async () => {
    const { storage } = await subject.open();
    const record = conversationRecord('C2Cbob', {
      isPinned: true,
      messageRemindType: 'Discard',
      markList: [0, 3, 63],
      customData: 'a\u0000b \ud800 "x"',
      read: { sequence: 5, counted: 4, own: 3 },
      hiddenThrough: 7,
      clearedThrough: 6,
      tally: { sequence: 9, counted: 8, own: 2 },
      appearedAt: START,
      peerRead: { sequence: 3, time: START / 1_000 },
    });
    await putConversation(storage, 'alice', conversationRecord('C2Cbob'));
    await putConversation(storage, 'alice', record);
    const [row] = await storage.conversations.read('alice', ['C2Cbob']);
    expect(row?.record).toEqual(record);
    const [other] = await storage.conversations.read('bob', ['C2Calice']);
    expect(other?.record).toBeUndefined();
  });

  it('[CV1] gives what is asked for, in that order, known or not', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['alice', 'bob']);
    await createGroup(storage, 'h', ['bob']);
    await createGroup(storage, 'ended', ['alice']);
    await endGroup(storage, 'ended');
    await loginDevice(storage, 'bob');
    await putConversation(storage, 'alice', conversationRecord('C2Ctom'));
    const ids = [
      'GROUPh',
      'C2Ctom',
      'GROUPg',
      'C2Cbob',
      'GROUPended',
      'GROUPnowhere',
      '@TIM#SYSTEM',
      'C2C\u0000',
    ];
    const rows = await storage.conversations.read('alice', ids);
    const { group, members } = await storage.groups.read('g', ['alice']);
    const empty = {
      record: undefined,
      group: undefined,
      member: undefined,
      peer: undefined,
      lastMessage: undefined,
      mentions: [],
    };
    const h = (await storage.groups.read('h', [])).group;
    const bob = (await storage.users.read(['bob'])).get('bob');
    expect(rows).toEqual([
      { ...empty, conversationID: 'GROUPh', group: h },
      { ...empty, conversationID: 'C2Ctom', record: conversationRecord('C2Ctom') },
      { ...empty, conversationID: 'GROUPg', group, member: members.get('alice') },
      { ...empty, conversationID: 'C2Cbob', peer: bob },
      ...ids.slice(4).map((conversationID) => ({ ...empty, conversationID })),
    ]);
    expect(await storage.conversations.read('alice', [])).toEqual([]);
  });

  it('[DL4] mirrors all that a device of the user shows', async () => {
    const { storage } = await subject.open();
    await fill(storage);
    const mirror = await storage.conversations.mirror('alice');
    expect(mirror?.user).toEqual((await storage.users.read(['alice'])).get('alice'));
    expect(mirror?.groups).toEqual(await storage.groups.joined('alice'));
    const ids = mirror?.conversations.map(({ conversationID }) => conversationID);
    // By code points: U+FFFD before U+1F600, though not so in UTF-16.
    expect(ids).toEqual(['C2Cbob', 'C2C\ufffd', 'C2C\u{1f600}', 'GROUPg', 'GROUPh']);
    expect(mirror?.conversations).toEqual(await storage.conversations.read('alice', ids ?? []));
    expect(mirror?.conversations.map((row) => row.lastMessage?.sequence)).toEqual([1, 1, 2, 1, undefined]);
    expect(mirror?.conversationGroups).toEqual([]);
    expect(mirror?.deletedConversationGroups).toEqual([]);
    expect(await storage.conversations.mirror('nobody')).toBeUndefined();
    expect(await storage.conversations.mirror('a\u0000')).toBeUndefined();
  });

  it('[DL4] a mirror is of one moment, whatever is written meanwhile', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    await loginDevice(storage, 'alice');
    await createGroup(storage, 'g', ['alice']);
    const writes: Promise<unknown>[] = [];
    const mirrors: ReturnType<Storage['conversations']['mirror']>[] = [];
    for (let at = 0; at < 40; at += 1) {
      writes.push(sendToUser(storage, { from: 'bob', to: 'alice' }));
      writes.push(sayAll(storage, 'g', [{ from: 'alice' }]));
      mirrors.push(storage.conversations.mirror('alice'));
    }
    await Promise.all(writes);
    for (const mirror of [...(await Promise.all(mirrors)), await storage.conversations.mirror('alice')]) {
      const rows = new Map(mirror?.conversations.map((row) => [row.conversationID, row]));
      const [ofUser, ofGroup] = [rows.get('C2Cbob'), rows.get('GROUPg')];
      const said = mirror?.user.seq ?? 0;
      expect([ofUser?.record?.tally.sequence ?? 0, ofUser?.lastMessage?.sequence ?? 0]).toEqual([said, said]);
      const { messageSeq = 0, seq } = ofGroup?.group ?? {};
      const last = ofGroup?.lastMessage?.sequence ?? 0;
      expect([last, ofGroup?.member?.ownCounted, seq]).toEqual([messageSeq, messageSeq, messageSeq]);
    }
    expect((await storage.conversations.mirror('alice'))?.user.seq).toBe(40);
  });

  it('[MS5][CV1] the last message is the newest that is visible and may be one', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    const say = (count: number, excludedFromLastMessage = false) =>
      sayAll(
        storage,
        'g',
        Array.from({ length: count }, () => ({
          from: 'owner',
          ...(excludedFromLastMessage && { excludedFromLastMessage }),
        })),
      );
    const last = async (userID: string) =>
      (await storage.conversations.read(userID, ['GROUPg']))[0]?.lastMessage?.sequence;
    await say(4);
    await say(2, true);
    expect([await last('alice'), await last('owner')]).toEqual([4, 4]);
    await deleteMessages(storage, 'alice', { chat: groupChat('g'), sequenceList: [4, 2] });
    expect([await last('alice'), await last('owner')]).toEqual([3, 4]);
    await putConversation(storage, 'alice', conversationRecord('GROUPg', { clearedThrough: 2 }));
    expect(await last('alice')).toBe(3);
    await putConversation(storage, 'alice', conversationRecord('GROUPg', { clearedThrough: 3 }));
    expect(await last('alice')).toBeUndefined();
    await joinGroup(storage, 'g', 'bob');
    expect(await last('bob')).toBeUndefined();
    expect(await last('stranger')).toBeUndefined();
    await say(1);
    expect([await last('alice'), await last('bob')]).toEqual([7, 7]);
  });

  it('[MS5] finds the newest message without those that are about to go', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    await sayAll(storage, 'g', [{ from: 'owner' }, { from: 'owner' }, { from: 'owner' }]);
    for (let at = 0; at < 3; at += 1) await sendToUser(storage, { from: 'bob', to: 'alice' });
    await deleteMessages(storage, 'alice', { chat: pairChat('alice', 'bob'), sequenceList: [2] });
    const left = async (conversationID: string, without: number[]) => {
      const lastMessage = { conversationID, without };
      const state = await shownTo(storage, { userIDs: ['alice'], conversations: [], lastMessage });
      return state.lastMessage?.sequence;
    };
    expect(await left('GROUPg', [])).toBe(3);
    expect(await left('GROUPg', [3, 1])).toBe(2);
    expect(await left('C2Cbob', [3])).toBe(1);
    expect(await left('C2Cbob', [3, 1])).toBeUndefined();
    expect(await left('C2Cnobody', [])).toBeUndefined();
    await putConversation(storage, 'alice', conversationRecord('GROUPg', { clearedThrough: 2 }));
    expect(await left('GROUPg', [3])).toBeUndefined();
  });

  it('[CV1] tells who has mentioned the user since he read, the oldest first', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    await createGroup(storage, 'h', ['owner', 'alice']);
    const mentions = async (userID: string, conversationID = 'GROUPg') =>
      (await storage.conversations.read(userID, [conversationID]))[0]?.mentions;
    await sayAll(storage, 'g', [
      { from: 'owner', atUserList: ['alice'] },
      { from: 'owner', atUserList: ['bob', 'alice', 'alice'] },
      { from: 'alice', atUserList: ['alice', AT_ALL] },
      { from: 'owner', atUserList: ['bob'] },
      { from: 'owner', atUserList: [AT_ALL] },
      { from: 'owner', atUserList: ['alice', AT_ALL] },
    ]);
    const named = [1, 2].map((sequence) => ({ sequence, from: 'owner', isAll: false }));
    const all = [5, 6].map((sequence) => ({ sequence, from: 'owner', isAll: true }));
    expect(await mentions('alice')).toEqual([...named, ...all]);
    expect(await mentions('owner')).toEqual([{ sequence: 3, from: 'alice', isAll: true }]);
    expect(await mentions('alice', 'GROUPh')).toEqual([]);
    expect(await mentions('stranger')).toEqual([]);
    const read = { sequence: 5, counted: 5, own: 1 };
    await putConversation(storage, 'alice', conversationRecord('GROUPg', { read }));
    expect(await mentions('alice')).toEqual(all.slice(1));
    await joinGroup(storage, 'g', 'bob');
    expect(await mentions('bob')).toEqual([]);
  });

  it('[CV1][SE1] tells the newest mentions only, when there are many', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    const most = LIMITS.mentions_perConversation_max.value;
    const messages = Array.from({ length: most + 3 }, (_, at) => {
      return { from: 'owner', atUserList: at % 2 === 0 ? ['alice'] : [AT_ALL] };
    });
    await sayAll(storage, 'g', messages);
    const [row] = await storage.conversations.read('alice', ['GROUPg']);
    expect(row?.mentions.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: most }, (_, at) => at + 4),
    );
  });

  it('[MS1] tells the tally at a sequence that is behind', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    const excluded = { excludedFromUnreadCount: true };
    const first = [{ from: 'owner' }, { from: 'alice' }, { from: 'alice', ...excluded }];
    const then = [{ from: 'owner', ...excluded }, { from: 'alice' }, { from: 'owner' }];
    await sayAll(storage, 'g', [...first, ...then]);
    for (const { from, ...rest } of [...first, ...then]) {
      await sendToUser(storage, { from, to: from === 'alice' ? 'owner' : 'alice', ...rest });
    }
    await deleteMessages(storage, 'alice', { chat: groupChat('g'), sequenceList: [2, 6] });
    for (const conversationID of ['GROUPg', 'C2Cowner']) {
      const at = (through: number) => tallyAt(storage, 'alice', conversationID, through);
      expect([await at(0), await at(1), await at(2), await at(3), await at(4), await at(5)]).toEqual([
        { sequence: 0, counted: 0, own: 0 },
        { sequence: 1, counted: 1, own: 0 },
        { sequence: 2, counted: 2, own: 1 },
        { sequence: 3, counted: 2, own: 1 },
        { sequence: 4, counted: 2, own: 1 },
        { sequence: 5, counted: 3, own: 2 },
      ]);
      expect([await at(6), await at(99)]).toEqual([undefined, undefined]);
    }
    expect(await tallyAt(storage, 'alice', 'C2Cnobody', 0)).toBeUndefined();
    expect(await tallyAt(storage, 'stranger', 'GROUPg', 0)).toBeUndefined();
  });

  it('[MS1] tells no tally from before the read mark', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    const senders = ['owner', 'alice', 'owner', 'alice', 'owner', 'alice'];
    await sayAll(
      storage,
      'g',
      senders.map((from) => ({ from })),
    );
    const read = { sequence: 3, counted: 3, own: 1 };
    await putConversation(storage, 'alice', conversationRecord('GROUPg', { read }));
    const tally = (through: number) => tallyAt(storage, 'alice', 'GROUPg', through);
    expect([await tally(0), await tally(3)]).toEqual([read, read]);
    expect(await tally(4)).toEqual({ sequence: 4, counted: 4, own: 2 });
    expect(await tally(5)).toEqual({ sequence: 5, counted: 5, own: 2 });
    expect(await tally(6)).toBeUndefined();
  });

  it('[MS1] the tally of a member counts from his joining on', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice']);
    await sayAll(storage, 'g', [{ from: 'alice' }, { from: 'owner' }]);
    await removeMember(storage, 'g', 'alice');
    await joinGroup(storage, 'g', 'alice');
    await sayAll(storage, 'g', [{ from: 'alice' }, { from: 'owner' }, { from: 'alice' }]);
    expect(await tallyAt(storage, 'alice', 'GROUPg', 2)).toEqual({ sequence: 2, counted: 2, own: 0 });
    expect(await tallyAt(storage, 'alice', 'GROUPg', 4)).toEqual({ sequence: 4, counted: 4, own: 1 });
    // What is behind the read mark is not counted, and who joins has read what was said before.
    expect(await tallyAt(storage, 'alice', 'GROUPg', 0)).toEqual({ sequence: 2, counted: 2, own: 0 });
  });

  it('shows a rule what it names, and no more', async () => {
    const { storage } = await subject.open();
    await fill(storage);
    const shown = await shownTo(storage, {
      userIDs: ['bob', 'alice', 'stranger'],
      conversations: [
        { userID: 'alice', conversationID: 'C2Cbob' },
        { userID: 'bob', conversationID: 'C2Calice', through: 0 },
        { userID: 'alice', conversationID: 'GROUPg', through: 5 },
        { userID: 'stranger', conversationID: 'GROUPh' },
      ],
    });
    expect([...shown.users.keys()].sort()).toEqual(['alice', 'bob']);
    expect(shown.users).toEqual(await storage.users.read(['alice', 'bob']));
    expect(shown.messages).toEqual(new Map());
    expect(shown.tallies).toEqual(
      new Map([[conversationKey('bob', 'C2Calice'), { sequence: 0, counted: 0, own: 0 }]]),
    );
    const [c2c, group] = await storage.conversations.read('alice', ['C2Cbob', 'GROUPg']);
    expect(shown.conversations.size).toBe(4);
    expect({ ...c2c, ...shown.conversations.get(conversationKey('alice', 'C2Cbob')) }).toEqual(c2c);
    expect({ ...group, ...shown.conversations.get(conversationKey('alice', 'GROUPg')) }).toEqual(group);
    expect(shown.conversations.get(conversationKey('bob', 'C2Calice'))?.record?.tally.sequence).toBe(1);
    const stranger = shown.conversations.get(conversationKey('stranger', 'GROUPh'));
    expect([stranger?.group?.groupID, stranger?.member, stranger?.record]).toEqual([
      'h',
      undefined,
      undefined,
    ]);
  });

  it('[CG15] leaving a group takes along the record of its conversation', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'alice', 'bob']);
    for (const userID of ['alice', 'bob']) {
      await loginDevice(storage, userID);
      await putConversation(storage, userID, conversationRecord('GROUPg', { isPinned: true }));
    }
    await removeMember(storage, 'g', 'alice');
    expect((await storage.conversations.mirror('alice'))?.conversations).toEqual([]);
    await joinGroup(storage, 'g', 'alice');
    const pinned = async (userID: string) =>
      (await storage.conversations.mirror(userID))?.conversations.map(({ record }) => record?.isPinned);
    expect([await pinned('alice'), await pinned('bob')]).toEqual([[undefined], [true]]);
  });

  it.each([false, true])(
    '[GR4][CG15] the end of a group takes all records of its conversation (maintained between: %s)',
    async (maintained) => {
      const { storage } = await subject.open();
      await loginDevice(storage, 'alice');
      await createGroup(storage, 'g', ['owner', 'alice']);
      await sayAll(storage, 'g', [{ from: 'owner', atUserList: ['alice'] }]);
      await deleteMessages(storage, 'alice', { chat: groupChat('g'), sequenceList: [1, 2] });
      await putConversation(storage, 'alice', conversationRecord('GROUPg', { isPinned: true }));
      await endGroup(storage, 'g');
      expect((await storage.conversations.mirror('alice'))?.conversations).toEqual([]);
      const [gone] = await storage.conversations.read('alice', ['GROUPg']);
      expect([gone?.group, gone?.member, gone?.record, gone?.lastMessage]).toEqual(Array(4).fill(undefined));
      if (maintained) await storage.maintain(START + 10);
      await createGroup(storage, 'g', ['owner', 'alice']);
      const [again] = await storage.conversations.read('alice', ['GROUPg']);
      expect([again?.record, again?.lastMessage, again?.mentions]).toEqual([undefined, undefined, []]);
      const record = conversationRecord('GROUPg', { generation: 2, markList: [1] });
      await putConversation(storage, 'alice', record);
      if (!maintained) await storage.maintain(START + 10);
      const mirror = await storage.conversations.mirror('alice');
      expect(mirror?.conversations.map((row) => [row.record, row.group?.generation])).toEqual([[record, 2]]);
    },
  );

  it('[MS3] an AVChatRoom keeps no conversation', async () => {
    const { storage } = await subject.open();
    await loginDevice(storage, 'alice');
    await createGroup(storage, 'room', ['alice'], { type: 'AVChatRoom', memberCount: 0 });
    expect(await storage.conversations.mirror('alice')).toMatchObject({ groups: [], conversations: [] });
  });

  it('[DL1] has them after it was opened again', async () => {
    const opened = await subject.open();
    await fill(opened.storage);
    await deleteMessages(opened.storage, 'alice', { chat: groupChat('g'), sequenceList: [1] });
    const before = await opened.storage.conversations.mirror('alice');
    expect(before?.conversations).toHaveLength(5);
    const storage = await opened.reopen();
    const after = await storage.conversations.mirror('alice');
    expect(after).toEqual(subject.differs('volatile') ? undefined : before);
  });
}

/**
 * Conversations of alice: two groups, one of them mute, and three users, one of whom has written twice. She was in two
 * groups more; one has ended and the other one she has left.
 */
async function fill(storage: Storage): Promise<void> {
  for (const userID of ['alice', 'bob']) await loginDevice(storage, userID);
  for (const groupID of ['h', 'g']) await createGroup(storage, groupID, ['owner', 'alice']);
  await sayAll(storage, 'g', [{ from: 'owner', atUserList: [AT_ALL] }]);
  await putConversation(storage, 'alice', conversationRecord('GROUPh', { isPinned: true }));
  await sendToUser(storage, { from: 'alice', to: 'bob', payload: messageRecord().payload });
  for (const groupID of ['ended', 'left']) {
    await createGroup(storage, groupID, ['owner', 'alice']);
    await sayAll(storage, groupID, [{ from: 'alice' }]);
    await putConversation(storage, 'alice', conversationRecord(`GROUP${groupID}`));
  }
  await endGroup(storage, 'ended');
  await removeMember(storage, 'left', 'alice');
  for (const from of ['\ufffd', '\u{1f600}', '\u{1f600}']) await sendToUser(storage, { from, to: 'alice' });
}

async function tallyAt(storage: Storage, userID: string, conversationID: string, through: number) {
  const conversation = { userID, conversationID, through };
  const { tallies } = await shownTo(storage, { userIDs: [userID], conversations: [conversation] });
  return tallies.get(conversationKey(userID, conversationID));
}
