/** Every rule of conversation groups as an app sees it, on two devices of a user (CG1 to CG17). */
import MusterChat, { type ChatSDK, type Conversation } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ear, idsOf, LIST, listOf, MEMBERS, NAMES_LIST, RECEIVED, readOf } from './ear.ts';
import { done, editsBy } from './edits.ts';

const { TYPES } = MusterChat;

export function conversationGroupsSuite(engine: string, storage: () => Promise<string | undefined>): void {
  describe(`conversation groups on ${engine}`, () => {
    let muster: Muster;
    let round = 0;
    let user: string;
    let phone: ChatSDK;
    let laptop: ChatSDK;
    let bob: ChatSDK;
    let ears: Ear[];
    /** The conversations of three groups of the user's own, in the order of the list. */
    let a: string;
    let b: string;
    let c: string;

    beforeAll(async () => {
      const address = await storage();
      muster = await startMuster({ tickMs: 30, ...(address === undefined ? {} : { storage: address }) });
      bob = await muster.login('bob');
    });
    afterAll(() => muster.close());

    beforeEach(async () => {
      round += 1;
      user = `ann${round}`;
      [phone, laptop] = (await Promise.all([muster.login(user), muster.login(user)])) as [ChatSDK, ChatSDK];
      [a, b, c] = ['a', 'b', 'c'].map((name) => `GROUP${name}${round}`) as [string, string, string];
      for (const groupID of [c, b, a].map(groupIDOf)) await newGroup(phone, groupID);
      await Promise.all(
        [b, c].map((conversationID) => phone.pinConversation({ conversationID, isPinned: true })),
      );
      ears = [new Ear(phone), new Ear(laptop)];
      await quiet();
    });

    const groupIDOf = (conversationID: string) => conversationID.slice('GROUP'.length);

    async function newGroup(
      device: ChatSDK,
      groupID: string,
      type: string = TYPES.GRP_PUBLIC,
    ): Promise<void> {
      await device.createGroup({
        type: type as never,
        groupID,
        name: groupID,
        ...(type === TYPES.GRP_PUBLIC ? { joinOption: TYPES.JOIN_OPTIONS_FREE_ACCESS } : {}),
      });
    }

    /** Nothing is under way, and what was told is forgotten. */
    async function quiet(): Promise<void> {
      await muster.idle();
      for (const ear of ears) {
        await ear.heard();
        ear.forget();
      }
    }

    /** Both devices were told exactly these events, and whatever a handler read was what there is now (CG14). */
    async function bothWereTold(...names: string[]): Promise<void> {
      for (const ear of ears) {
        await ear.heard();
        expect(ear.names).toEqual(names);
        const now = await readOf(ear.device);
        for (const { name, data, read } of ear.told) {
          expect(await read).toEqual(now);
          if (name === NAMES_LIST) expect(data).toEqual(now.names);
          if (name === LIST) expect(data).toEqual(now.list);
        }
        ear.forget();
      }
      expect(await readOf(laptop)).toEqual(await readOf(phone));
    }

    /** Leaving a group is said in a message too (MS4). */
    const withoutMessages = (ear: Ear) => ear.names.filter((name) => name !== RECEIVED);

    const { create, add, remove, rename } = editsBy(() => phone);
    const members = async (groupName: string, device = phone) =>
      idsOf(await listOf(device, { groupName })).sort();
    const namesOf = async (device: ChatSDK) => (await device.getConversationGroupList()).data;

    it('[CG5] [CG13] [CG14] creating tells names and list once, on both devices', async () => {
      expect(await create('work', [b, a])).toEqual(done(b, a));
      await bothWereTold(NAMES_LIST, LIST);
      expect(await create('empty')).toEqual(done());
      await bothWereTold(NAMES_LIST, LIST);
      expect(await namesOf(laptop)).toEqual(['work', 'empty']);
      expect(await members('work', laptop)).toEqual([a, b]);
    });

    it('[CG11] [CG13] [CG14] adding and removing tell all three in order, with all that is in it now', async () => {
      await create('work', [a]);
      await create('play', [a]);
      await quiet();
      expect(await add('work', [b, c])).toEqual(done(b, c));
      for (const ear of ears) {
        await ear.heard();
        const [inGroup] = ear.dataOf<{ groupName: string; conversationList: Conversation[] }>(MEMBERS);
        expect(inGroup?.groupName).toBe('work');
        expect(inGroup?.conversationList).toEqual(await listOf(ear.device, { groupName: 'work' }));
        expect(inGroup?.conversationList).toHaveLength(3);
      }
      await bothWereTold(NAMES_LIST, LIST, MEMBERS);
      expect(await remove('work', [a, c])).toEqual(done(a, c));
      expect(ears[0]?.dataOf(MEMBERS)).toMatchObject([
        { groupName: 'work', conversationList: [{ conversationID: b, conversationGroupList: ['work'] }] },
      ]);
      await bothWereTold(NAMES_LIST, LIST, MEMBERS);
      expect(await members('play', laptop)).toEqual([a]);
    });

    it('[CG9] [CG13] renaming and deleting tell names and list once', async () => {
      await create('work', [a]);
      await quiet();
      expect(await rename('work', 'play')).toEqual({ code: 0, data: { groupName: 'play' } });
      await bothWereTold(NAMES_LIST, LIST);
      expect((await listOf(laptop, [a]))[0]?.conversationGroupList).toEqual(['play']);
      expect(await laptop.deleteConversationGroup('play')).toEqual({ code: 0, data: { groupName: 'play' } });
      await bothWereTold(NAMES_LIST, LIST);
      expect((await listOf(phone, [a]))[0]?.conversationGroupList).toEqual([]);
      expect(idsOf(await listOf(phone))).toContain(a);
    });

    it('[CG13] what changes nothing, or is refused, tells nothing', async () => {
      await create('work', [a]);
      await quiet();
      expect(await add('work', [a])).toEqual(done(a));
      expect(await remove('work', [b])).toEqual(done(b));
      expect((await add('work', ['junk', 'GROUPnone'])).data.successConversationIDList).toEqual([]);
      expect(await rename('work', 'work')).toEqual({ code: 0, data: { groupName: 'work' } });
      await expect(create('work')).rejects.toMatchObject({ code: 52001 });
      await expect(create('')).rejects.toMatchObject({ code: 51011 });
      await expect(laptop.deleteConversationGroup('absent')).rejects.toMatchObject({ code: 51009 });
      await bothWereTold();
    });

    it('[CG1] the 21st is refused and changes nothing', async () => {
      const all = Array.from({ length: 20 }, (_, at) => `n${at + 1}`);
      for (const name of all) await create(name);
      await quiet();
      const refusal = await create('n21', [a]).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Error);
      expect(refusal).toMatchObject({ code: 51010, retryable: false });
      await bothWereTold();
      expect(await namesOf(phone)).toEqual(all);
      await phone.deleteConversationGroup('n7');
      expect(await create('n21')).toEqual(done());
    });

    it.each(['', 'x'.repeat(33), `${'x'.repeat(31)}é`, 'a\nb', 'a\u0000b', 'a\u0085b', '\ud800'])(
      '[CG2] refuses the name %j',
      async (name) => {
        await create('kept');
        await quiet();
        await expect(create(name)).rejects.toMatchObject({ code: 51011 });
        await expect(rename('kept', name)).rejects.toMatchObject({ code: 51011 });
        await bothWereTold();
        expect(await namesOf(laptop)).toEqual(['kept']);
      },
    );

    it('[CG2] [CG10] takes names as they are, and keeps the order of their making', async () => {
      const all = [
        'work',
        'Work',
        ' work',
        'work ',
        'Ｗork',
        'e\u0301',
        '\u00e9',
        'x'.repeat(32),
        '家族🎉',
        '__proto__',
      ];
      for (const name of all) await create(name);
      expect(await phone.getConversationGroupList()).toEqual({ code: 0, data: all });
      await rename('work', 'Zoo');
      const renamed = ['Zoo', ...all.slice(1)];
      await ears[1]?.heard();
      expect(await namesOf(laptop)).toEqual(renamed);
      expect(await namesOf(await muster.login(user))).toEqual(renamed);
    });

    it('[CG3] ids are given once and survive renaming; a taken name is refused', async () => {
      const ids = async () =>
        (await phone.getConversationGroups()).data.map(({ conversationGroupID, groupName }) => [
          conversationGroupID,
          groupName,
        ]);
      for (const name of ['one', 'two']) await create(name);
      await expect(create('two')).rejects.toMatchObject({ code: 52001 });
      await expect(rename('one', 'two')).rejects.toMatchObject({ code: 52001 });
      await phone.deleteConversationGroup('two');
      await create('two');
      await rename('one', 'uno');
      expect(await ids()).toEqual([
        [1, 'uno'],
        [3, 'two'],
      ]);
    });

    it('[CG4] [CG2] a name that does not exist is 51009, whatever its length', async () => {
      for (const name of ['absent', '', 'x'.repeat(99)]) {
        for (const refused of [
          phone.deleteConversationGroup(name),
          rename(name, 'new'),
          add(name, [a]),
          remove(name, [a]),
        ])
          await expect(refused).rejects.toMatchObject({ code: 51009, retryable: false });
      }
      await bothWereTold();
    });

    it('[CG5] [CG6] says of each conversation what is wrong, in the order of the request, each once', async () => {
      await newGroup(bob, `foreign${round}`);
      await newGroup(phone, `room${round}`, TYPES.GRP_AVCHATROOM);
      const asked = [
        'junk',
        a,
        `GROUProom${round}`,
        '@TIM#SYSTEM',
        `GROUPforeign${round}`,
        'GROUPnone',
        'C2C',
        a,
      ];
      const { data } = await create('work', [...asked, 'C2Cbob', 'junk', b]);
      expect(data.successConversationIDList).toEqual([a, b]);
      const codes = data.failureConversationIDList.map(({ conversationID, code }) => [conversationID, code]);
      expect(codes).toEqual([
        ['junk', 2503],
        [`GROUProom${round}`, 51007],
        ['@TIM#SYSTEM', 2503],
        [`GROUPforeign${round}`, 51007],
        ['GROUPnone', 51007],
        ['C2C', 2503],
        ['C2Cbob', 2500],
      ]);
      for (const { message } of data.failureConversationIDList) expect(message).toMatch(/\w/);
      expect((await create('none', ['junk'])).data.successConversationIDList).toEqual([]);
      expect(await namesOf(phone)).toEqual(['work', 'none']);
      expect((await remove('work', ['C2Cbob', 'junk', a])).data).toMatchObject({
        successConversationIDList: ['C2Cbob', a],
        failureConversationIDList: [{ conversationID: 'junk', code: 2503 }],
      });
    });

    it('[CG7] [DL10] refuses none and 101, and tells the first of several faults', async () => {
      const many = Array.from({ length: 101 }, (_, at) => `GROUPm${at}`);
      await create('work');
      await quiet();
      await expect(create('x'.repeat(33), many)).rejects.toMatchObject({ code: 51011 });
      await expect(create('work', many)).rejects.toMatchObject({ code: 51006 });
      for (const refused of [add('absent', many), add('work', many), add('work', []), remove('work', [])])
        await expect(refused).rejects.toMatchObject({ code: 51006 });
      await expect(rename('absent', '')).rejects.toMatchObject({ code: 51011 });
      await expect(rename('absent', 'work')).rejects.toMatchObject({ code: 51009 });
      await bothWereTold();
      const hundred = [...many.slice(2), a, ...many.slice(2)];
      expect((await add('work', hundred)).data).toMatchObject({
        successConversationIDList: [a],
        failureConversationIDList: { length: 99 },
      });
    });

    it('[CG7] the 1,001st conversation fails 51008, and what has its place already does not', async () => {
      const ids = Array.from({ length: 1_001 }, (_, at) => `GROUPh${round}-${at}`);
      for (let at = 0; at <= 10; at += 1) {
        const some = ids.slice(at * 100, at * 100 + 100);
        await Promise.all(some.map((id) => newGroup(phone, groupIDOf(id), TYPES.GRP_WORK)));
        if (at < 10) await create(`n${at}`, some);
      }
      const [kept, extra] = [ids[0], ids[1_000]] as [string, string];
      const full = { conversationID: extra, code: 51008 };
      const answer = await create('last', [extra, kept]);
      expect(answer.data).toMatchObject({
        successConversationIDList: [kept],
        failureConversationIDList: [full],
      });
      await phone.deleteConversation(kept);
      expect((await add('last', [extra])).data.failureConversationIDList).toMatchObject([full]);
      await remove('n0', [kept]);
      expect((await add('last', [extra])).data.failureConversationIDList).toMatchObject([full]);
      await remove('last', [kept]);
      expect(await add('last', [extra])).toEqual(done(extra));
    }, 120_000);

    it('[CG8] a conversation may be in several, and shows them all', async () => {
      await create('work', [a, b]);
      await create('play', [b, c]);
      await ears[1]?.heard();
      expect((await listOf(laptop, [b]))[0]?.conversationGroupList).toEqual(['work', 'play']);
      expect(await members('work', laptop)).toEqual([a, b]);
      expect(await members('play', laptop)).toEqual([b, c]);
    });

    it('[CG12] gives all, those named, or those that meet every condition', async () => {
      await create('work', [a, b]);
      await phone.markConversation({
        conversationIDList: [b, c],
        markType: TYPES.CONV_MARK_TYPE_STAR,
        enableMark: true,
      });
      await bob.joinGroup({ groupID: groupIDOf(b) });
      const at = bob.createTextAtMessage({
        to: groupIDOf(b),
        conversationType: TYPES.CONV_GROUP,
        payload: { text: 'hi', atUserList: [user] },
      });
      await bob.sendMessage(at);
      await quiet();
      for (const device of [phone, laptop]) {
        const found = async (wanted?: Parameters<typeof listOf>[1]) =>
          idsOf(await listOf(device, wanted)).sort();
        expect(await found()).toEqual([a, b, c]);
        expect(await found([c, 'GROUPnone', 'junk', a])).toEqual([a, c]);
        expect(await found([])).toEqual([]);
        expect(await found({})).toEqual([a, b, c]);
        expect(await found({ groupName: 'work' })).toEqual([a, b]);
        expect(await found({ groupName: 'absent' })).toEqual([]);
        expect(await found({ groupName: '' })).toEqual([c]);
        expect(await found({ type: TYPES.CONV_C2C })).toEqual([]);
        expect(await found({ type: TYPES.CONV_GROUP, markType: TYPES.CONV_MARK_TYPE_STAR })).toEqual([b, c]);
        expect(await found({ hasUnreadCount: true })).toEqual([b]);
        expect(await found({ hasGroupAtInfo: true, groupName: 'work' })).toEqual([b]);
        expect(await found({ hasUnreadCount: false, groupName: 'work' })).toEqual([a]);
        expect(await found({ hasGroupAtInfo: true, groupName: '' })).toEqual([]);
        expect((await device.getConversationList()).data.isSyncCompleted).toBe(true);
      }
    });

    it('[CG13] [CG15] quitting takes a conversation out of all; joining does not bring it back', async () => {
      await newGroup(bob, `club${round}`);
      const club = `GROUPclub${round}`;
      await phone.joinGroup({ groupID: `club${round}` });
      for (const name of ['one', 'two']) await create(name, [club, a]);
      await create('three', [a]);
      await quiet();
      await phone.quitGroup(`club${round}`);
      const touched = ears[0]?.dataOf<{ groupName: string; conversationList: Conversation[] }>(MEMBERS);
      expect(
        touched?.map(({ groupName, conversationList }) => [groupName, ...idsOf(conversationList)]),
      ).toEqual([
        ['one', a],
        ['two', a],
      ]);
      for (const ear of ears) {
        await ear.heard();
        expect(withoutMessages(ear)).toEqual([NAMES_LIST, LIST, MEMBERS, MEMBERS]);
      }
      await phone.joinGroup({ groupID: `club${round}` });
      expect(await members('one')).toEqual([a]);
      expect((await listOf(phone, [club]))[0]?.conversationGroupList).toEqual([]);
    });

    it('[CG13] [CG15] removal and dismissal by another tell both devices', async () => {
      for (const groupID of [`r${round}`, `d${round}`]) {
        await newGroup(bob, groupID);
        await phone.joinGroup({ groupID });
      }
      const [removed, dismissed] = [`GROUPr${round}`, `GROUPd${round}`];
      await create('work', [removed, dismissed, a]);
      await quiet();
      await bob.deleteGroupMember({ groupID: `r${round}`, userIDList: [user] });
      for (const ear of ears) {
        await ear.heard();
        expect(withoutMessages(ear)).toEqual([NAMES_LIST, LIST, MEMBERS]);
        ear.forget();
      }
      await bob.dismissGroup(`d${round}`);
      for (const ear of ears) {
        await ear.heard();
        expect(withoutMessages(ear)).toEqual([NAMES_LIST, LIST, MEMBERS]);
        expect(await members('work', ear.device)).toEqual([a]);
        expect(idsOf(await listOf(ear.device))).not.toContain(dismissed);
      }
      expect((await laptop.getConversationGroups()).data[0]?.conversationIDList).toEqual([a]);
    });

    it('[CG15] [CG17] a deleted conversation keeps its place, and is back in it with the next message', async () => {
      await bob.joinGroup({ groupID: groupIDOf(a) });
      await create('work', [a, b]);
      await phone.deleteConversation(a);
      await ears[1]?.heard();
      for (const device of [phone, laptop]) {
        expect(await members('work', device)).toEqual([b]);
        expect((await device.getConversationGroups()).data[0]?.conversationIDList.sort()).toEqual([a, b]);
      }
      const again = { to: groupIDOf(a), conversationType: TYPES.CONV_GROUP, payload: { text: 'again' } };
      await bob.sendMessage(bob.createTextMessage(again));
      for (const ear of ears) {
        await ear.heard();
        expect(await members('work', ear.device)).toEqual([a, b]);
        expect((await listOf(ear.device, [a]))[0]?.conversationGroupList).toEqual(['work']);
      }
    });

    it('[CG16] an edit survives a rename that happens at the same time', async () => {
      await create('work', [a]);
      await quiet();
      const [renamed, added] = await Promise.all([rename('work', 'play', phone), add('work', [b], laptop)]);
      expect(renamed.data).toEqual({ groupName: 'play' });
      expect(added).toEqual(done(b));
      for (const ear of ears) {
        await ear.heard();
        expect(await members('play', ear.device)).toEqual([a, b]);
      }
      expect(await readOf(laptop)).toEqual(await readOf(phone));
    });

    it('[CG16] deletion wins over an edit, and two makers of one name get one', async () => {
      await create('work', [a]);
      await quiet();
      await phone.deleteConversationGroup('work');
      await expect(add('work', [b], laptop)).rejects.toMatchObject({ code: 51009 });
      const made = await Promise.allSettled([create('new', [a], phone), create('new', [b], laptop)]);
      const codes = made.map((one) =>
        one.status === 'fulfilled' ? 0 : (one.reason as { code: number }).code,
      );
      expect(codes.sort()).toEqual([0, 52001]);
      for (const ear of ears) await ear.heard();
      expect(await readOf(laptop)).toEqual(await readOf(phone));
      expect(await namesOf(laptop)).toEqual(['new']);
    });

    it('[CG17] badges sum the unread messages of those that announce them, also inside handlers', async () => {
      await create('work', [a, b]);
      await create('all', [a, b, c]);
      for (const conversationID of [a, b, c]) await bob.joinGroup({ groupID: groupIDOf(conversationID) });
      const say = async (conversationID: string) => {
        const to = groupIDOf(conversationID);
        const payload = { text: 'hi' };
        await bob.sendMessage(bob.createTextMessage({ to, conversationType: TYPES.CONV_GROUP, payload }));
      };
      for (const conversationID of [a, a, b, c]) await say(conversationID);
      await quiet();
      const badges = async (device: ChatSDK) =>
        (await device.getConversationGroups()).data.map((group) => [
          group.groupName,
          group.unreadCount,
          group.unreadConversationCount,
        ]);
      for (const device of [phone, laptop])
        expect(await badges(device)).toEqual([
          ['work', 3, 2],
          ['all', 4, 3],
        ]);
      await phone.setMessageRemindType({
        groupID: groupIDOf(b),
        messageRemindType: TYPES.MSG_REMIND_ACPT_NOT_NOTE,
      });
      await laptop.setMessageRead({ conversationID: a });
      for (const ear of ears) {
        await ear.heard();
        const last = ear.told.filter(({ name }) => name === LIST).at(-1);
        const groups = (await last?.read)?.groups;
        expect(groups?.map(({ unreadCount }) => unreadCount)).toEqual([0, 1]);
        expect(await badges(ear.device)).toEqual([
          ['work', 0, 0],
          ['all', 1, 1],
        ]);
      }
    });

    it('[DL9] when an edit resolves, this device shows it and has raised it; what is read then is a copy', async () => {
      await create('work', [a]);
      const [ear] = ears as [Ear];
      expect(ear.names).toEqual([NAMES_LIST, LIST]);
      (await namesOf(phone)).push('mine');
      (await phone.getConversationGroups()).data[0]?.conversationIDList.push(b);
      expect(await namesOf(phone)).toEqual(['work']);
      expect((await phone.getConversationGroups()).data[0]?.conversationIDList).toEqual([a]);
    });

    it.each([
      ['createConversationGroup', { groupName: 'x' }, 'conversationIDList'],
      ['createConversationGroup', { conversationIDList: 'GROUPa', groupName: 'x' }, 'conversationIDList'],
      ['createConversationGroup', { conversationIDList: [] }, 'groupName'],
      ['renameConversationGroup', { oldName: 'x' }, 'newName'],
      ['addConversationsToGroup', { conversationIDList: [1], groupName: 'x' }, 'conversationIDList'],
      ['deleteConversationsFromGroup', undefined, ''],
      ['deleteConversationGroup', { groupName: 'x' }, 'groupName'],
    ] as const)('[DL10] %s(%j) is 6017 and names %s', async (method, input, name) => {
      const call = phone[method] as (given: unknown) => Promise<unknown>;
      const refusal = await call(input).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 6017, retryable: false, message: expect.stringContaining(name) });
    });
  });
}
