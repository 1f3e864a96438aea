/** Conversations as an app sees them, on two devices of a user and with a peer (CV1, CV2, DI5, DL9). */
import MusterChat, { type ChatSDK, type Conversation } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ear, idsOf, LIST, listOf, RECEIVED, readOf, say, TOTAL } from './ear.ts';

const { TYPES } = MusterChat;
const FIELDS = [
  'conversationGroupList',
  'conversationID',
  'customData',
  'draftText',
  'groupAtInfoList',
  'isPinned',
  'lastMessage',
  'markList',
  'messageRemindType',
  'peerReadTime',
  'remark',
  'subType',
  'type',
  'unreadCount',
];

export function conversationsSuite(engine: string, storage: () => Promise<string | undefined>): void {
  describe(`conversations on ${engine}`, () => {
    let muster: Muster;
    /** How far the server's clock is ahead. */
    let aheadMs = 0;
    let round = 0;
    /** The user of two devices, and the peer. */
    let ann: string;
    let bob: string;
    let phone: ChatSDK;
    let laptop: ChatSDK;
    let peer: ChatSDK;
    let ears: [Ear, Ear];
    let withBob: string;

    beforeAll(async () => {
      const address = await storage();
      const now = () => Date.now() + aheadMs;
      muster = await startMuster({ tickMs: 30, now, ...(address === undefined ? {} : { storage: address }) });
    });
    afterAll(() => muster.close());

    beforeEach(async () => {
      round += 1;
      [ann, bob] = [`ann${round}`, `bob${round}`];
      [phone, laptop, peer] = (await Promise.all([ann, ann, bob].map((userID) => muster.login(userID)))) as [
        ChatSDK,
        ChatSDK,
        ChatSDK,
      ];
      withBob = `C2C${bob}`;
      ears = [new Ear(phone), new Ear(laptop)];
    });

    const groupOf = async (type: string, name: string): Promise<string> => {
      const groupID = `${name}${round}`;
      const joinOption = type === TYPES.GRP_PUBLIC ? { joinOption: TYPES.JOIN_OPTIONS_FREE_ACCESS } : {};
      await peer.createGroup({ type: type as never, groupID, name, ...joinOption });
      return groupID;
    };

    /** Nothing is under way, and what was told is forgotten. */
    async function quiet(): Promise<void> {
      await muster.idle();
      for (const ear of ears) {
        await ear.heard();
        ear.forget();
      }
    }

    async function bothShow(conversationID: string, shape: object): Promise<void> {
      for (const ear of ears) {
        await ear.heard();
        expect(await listOf(ear.device, [conversationID])).toMatchObject([shape]);
      }
      expect(await readOf(laptop)).toEqual(await readOf(phone));
    }

    it('[CV1] a conversation appears with its first message, on both sides, with all its fields', async () => {
      expect(await listOf(phone)).toEqual([]);
      await say(peer, `C2C${ann}`, 'hello');
      for (const ear of ears) {
        await ear.heard();
        const [conversation] = await listOf(ear.device);
        expect(Object.keys(conversation ?? {}).sort()).toEqual([...FIELDS, 'userProfile'].sort());
        expect(conversation).toMatchObject({
          conversationID: withBob,
          type: TYPES.CONV_C2C,
          subType: '',
          unreadCount: 1,
          isPinned: false,
          messageRemindType: TYPES.MSG_REMIND_ACPT_AND_NOTE,
          markList: [],
          customData: '',
          conversationGroupList: [],
          groupAtInfoList: [],
          remark: '',
          draftText: '',
          peerReadTime: 0,
          userProfile: { userID: bob },
          lastMessage: { fromAccount: bob, messageForShow: 'hello', type: TYPES.MSG_TEXT, lastSequence: 1 },
        });
        const seconds = Date.now() / 1_000;
        expect(Math.abs((conversation?.lastMessage.lastTime ?? 0) - seconds)).toBeLessThan(60);
        expect(JSON.parse(JSON.stringify(conversation))).toEqual(conversation);
      }
      expect(idsOf(await listOf(peer))).toEqual([`C2C${ann}`]);
    });

    it('[CV1] joining or being added to a group brings its conversation, but not that of an AVChatRoom', async () => {
      const [joined, added, room] = [
        await groupOf(TYPES.GRP_PUBLIC, 'joined'),
        await groupOf(TYPES.GRP_WORK, 'added'),
        await groupOf(TYPES.GRP_AVCHATROOM, 'room'),
      ];
      await phone.joinGroup({ groupID: joined });
      await phone.joinGroup({ groupID: room });
      await peer.addGroupMember({ groupID: added, userIDList: [ann] });
      for (const ear of ears) {
        await ear.heard();
        expect(idsOf(await listOf(ear.device)).sort()).toEqual([`GROUP${added}`, `GROUP${joined}`]);
        expect((await listOf(ear.device, [`GROUP${joined}`]))[0]).toMatchObject({
          type: TYPES.CONV_GROUP,
          subType: TYPES.GRP_PUBLIC,
          unreadCount: 0,
          groupProfile: { groupID: joined, name: 'joined' },
          lastMessage: { lastTime: 0, lastSequence: 0, fromAccount: '', messageForShow: '', type: '' },
        });
        expect(ear.names).toContain(LIST);
      }
    });

    it('[CV1] pinned ones come first, then the newest; an empty one stands where it appeared', async () => {
      const cay = await muster.login(`cay${round}`);
      const withCay = `C2Ccay${round}`;
      await say(peer, `C2C${ann}`);
      await say(cay, `C2C${ann}`);
      // The time of joining a group is in whole seconds.
      aheadMs += 2_000;
      const late = await groupOf(TYPES.GRP_PUBLIC, 'late');
      await phone.joinGroup({ groupID: late });
      await ears[1].heard();
      expect(idsOf(await listOf(laptop))).toEqual([`GROUP${late}`, withCay, withBob]);
      aheadMs += 2_000;
      await laptop.pinConversation({ conversationID: withBob, isPinned: true });
      await say(cay, `C2C${ann}`);
      for (const ear of ears) {
        await ear.heard();
        expect(idsOf(await listOf(ear.device))).toEqual([withBob, withCay, `GROUP${late}`]);
      }
      expect(idsOf(await listOf(await muster.login(ann)))).toEqual(idsOf(await listOf(phone)));
    });

    it('[CV2] [DL9] pin, mark, data, remind type and draft show here when they resolve, and are in step', async () => {
      await say(peer, `C2C${ann}`);
      await quiet();
      const conversationIDList = [withBob];
      const shown = async () => (await listOf(phone))[0];
      const pinned = await phone.pinConversation({ conversationID: withBob, isPinned: true });
      expect(pinned).toEqual({ code: 0, data: { conversationID: withBob } });
      expect(await shown()).toMatchObject({ isPinned: true });
      expect(ears[0].names).toEqual([LIST]);
      await phone.markConversation({
        conversationIDList,
        markType: TYPES.CONV_MARK_TYPE_FOLD,
        enableMark: true,
      });
      expect(await shown()).toMatchObject({ markList: [TYPES.CONV_MARK_TYPE_FOLD] });
      const marked = { conversationIDList: [withBob, 'C2Cnobody', 'junk'], markType: 1, enableMark: true };
      expect((await phone.markConversation(marked)).data).toMatchObject({
        successConversationIDList: [withBob],
        failureConversationIDList: [
          { conversationID: 'C2Cnobody', code: 2500 },
          { conversationID: 'junk', code: 2503 },
        ],
      });
      await phone.setConversationCustomData({ conversationIDList, customData: 'mine' });
      expect(await shown()).toMatchObject({ customData: 'mine', markList: [1, 4] });
      const tooMuch = phone.setConversationCustomData({ conversationIDList, customData: 'x'.repeat(257) });
      await expect(tooMuch).rejects.toMatchObject({ retryable: false });
      await phone.setMessageRemindType({ userIDList: [bob], messageRemindType: TYPES.MSG_REMIND_DISCARD });
      const state = { isPinned: true, customData: 'mine', messageRemindType: TYPES.MSG_REMIND_DISCARD };
      await bothShow(withBob, state);
      const { data } = await phone.setConversationDraft({ conversationID: withBob, draftText: 'dear' });
      expect(data.conversation.draftText).toBe('dear');
      await ears[1].heard();
      expect(await listOf(laptop)).toMatchObject([{ ...state, draftText: '' }]);
      expect(await listOf(await muster.login(ann))).toMatchObject([{ ...state, draftText: '' }]);
    });

    it('[CV2] what is not in the list is 2500, a malformed id 2503, and nothing is told', async () => {
      await quiet();
      for (const [conversationID, code] of [
        [withBob, 2500],
        ['junk', 2503],
        ['@TIM#SYSTEM', 2503],
      ] as const) {
        const options = { conversationID, isPinned: true };
        await expect(phone.pinConversation(options)).rejects.toMatchObject({ code, retryable: false });
        await expect(phone.deleteConversation(conversationID)).rejects.toMatchObject({ code });
      }
      for (const ear of ears) {
        await ear.heard();
        expect(ear.names).toEqual([]);
      }
    });

    it('[CV2] a deleted conversation is gone on both devices, read and unpinned, until a message comes', async () => {
      await say(peer, `C2C${ann}`, 'one');
      await ears[0].heard();
      await phone.pinConversation({ conversationID: withBob, isPinned: true });
      expect(await phone.deleteConversation(withBob)).toEqual({ code: 0, data: { conversationID: withBob } });
      for (const ear of ears) {
        await ear.heard();
        expect(await listOf(ear.device)).toEqual([]);
        expect(ear.device.getTotalUnreadMessageCount()).toBe(0);
        expect(ear.dataOf<number>(TOTAL)).toEqual([1, 0]);
      }
      const { data } = await phone.getConversationProfile(withBob);
      expect(data.conversation).toMatchObject({ conversationID: withBob, unreadCount: 0, isPinned: false });
      await say(peer, `C2C${ann}`, 'two');
      await bothShow(withBob, { unreadCount: 1, isPinned: false, lastMessage: { messageForShow: 'two' } });
      const history = (await laptop.getMessageList({ conversationID: withBob })).data.messageList;
      expect(history.map(({ sequence }) => sequence)).toEqual([2]);
    });

    it('[CV2] deleting several keeps the history when asked to, and tells what failed', async () => {
      await say(peer, `C2C${ann}`, 'one');
      await ears[0].heard();
      const options = { conversationIDList: [withBob, 'C2Cnobody'], clearHistoryMessage: false };
      expect((await phone.deleteConversation(options)).data).toMatchObject({
        successConversationIDList: [withBob],
        failureConversationIDList: [{ conversationID: 'C2Cnobody', code: 2500 }],
      });
      expect(await listOf(phone)).toEqual([]);
      expect((await phone.getMessageList({ conversationID: withBob })).data.messageList).toHaveLength(1);
    });

    it('[CV2] the profile of a conversation that does not exist yet, and of a group one is not in', async () => {
      await peer.updateMyProfile({ nick: 'Bob' });
      const club = await groupOf(TYPES.GRP_PUBLIC, 'club');
      const profileOf = async (id: string) => (await phone.getConversationProfile(id)).data.conversation;
      expect(await profileOf(withBob)).toMatchObject({ unreadCount: 0, userProfile: { nick: 'Bob' } });
      expect(await profileOf(`GROUP${club}`)).toMatchObject({ groupProfile: { name: 'club' } });
      await expect(phone.getConversationProfile('GROUPnone')).rejects.toMatchObject({ code: 10010 });
      await expect(phone.getConversationProfile('junk')).rejects.toMatchObject({ code: 2503 });
      expect(await listOf(phone)).toEqual([]);
    });

    it('[CV2] the total leaves out what is not announced; reading all tells both devices', async () => {
      const group = await groupOf(TYPES.GRP_PUBLIC, 'news');
      await phone.joinGroup({ groupID: group });
      for (const id of [`C2C${ann}`, `GROUP${group}`, `GROUP${group}`]) await say(peer, id);
      for (const ear of ears) {
        await ear.heard();
        expect(ear.device.getTotalUnreadMessageCount()).toBe(3);
      }
      await quiet();
      await phone.setMessageRemindType({ groupID: group, messageRemindType: TYPES.MSG_REMIND_ACPT_NOT_NOTE });
      for (const ear of ears) {
        await ear.heard();
        expect(ear.dataOf(TOTAL)).toEqual([1]);
      }
      await laptop.setAllMessageRead({ scope: TYPES.READ_ALL_GROUP_MSG });
      expect((await listOf(laptop)).map(({ unreadCount }) => unreadCount).sort()).toEqual([0, 1]);
      await laptop.setAllMessageRead();
      for (const ear of ears) {
        await ear.heard();
        expect(ear.dataOf(TOTAL)).toEqual([1, 0]);
        expect((await listOf(ear.device)).map(({ unreadCount }) => unreadCount)).toEqual([0, 0]);
      }
    });

    it('[CV2] while messages stream in, the list is told at most once per 50 ms, and the last always', async () => {
      await say(peer, `C2C${ann}`);
      await quiet();
      const times: number[] = [];
      const seen: number[] = [];
      phone.on(LIST, ({ data }: { data: Conversation[] }) => {
        times.push(performance.now());
        seen.push(data[0]?.lastMessage.lastSequence ?? 0);
      });
      for (let at = 2; at <= 150; at += 1) await say(peer, `C2C${ann}`);
      await expect.poll(() => seen.at(-1), { timeout: 5_000 }).toBe(150);
      expect(times.length).toBeLessThan(149);
      const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
      // A timer may go off the part of a millisecond early.
      for (const gap of gaps) expect(gap).toBeGreaterThan(48);
      expect(ears[0].dataOf<unknown[]>(RECEIVED).flat()).toHaveLength(149);
    });

    it('[CV2] what changes nothing tells nothing', async () => {
      await say(peer, `C2C${ann}`);
      await phone.setMessageRead({ conversationID: withBob });
      await phone.pinConversation({ conversationID: withBob, isPinned: true });
      await quiet();
      const conversationIDList = [withBob];
      await phone.pinConversation({ conversationID: withBob, isPinned: true });
      await phone.setMessageRead({ conversationID: withBob });
      await phone.setAllMessageRead();
      await phone.markConversation({ conversationIDList, markType: 2, enableMark: false });
      await phone.setConversationCustomData({ conversationIDList, customData: '' });
      for (const ear of ears) {
        await ear.heard();
        expect(ear.names).toEqual([]);
      }
    });

    it('[DI5] an unchanged conversation keeps its identity, a changed one is a new object', async () => {
      const group = await groupOf(TYPES.GRP_PUBLIC, 'still');
      await phone.joinGroup({ groupID: group });
      await say(peer, `C2C${ann}`, 'true');
      await quiet();
      const [still] = await listOf(phone, [`GROUP${group}`]);
      const [before] = await listOf(phone, [withBob]);
      expect((await listOf(phone, [withBob]))[0]).toBe(before);
      await phone.createConversationGroup({ groupName: 'work', conversationIDList: [withBob] });
      const [after] = await listOf(phone, [withBob]);
      expect(after).not.toBe(before);
      expect(before?.conversationGroupList).toEqual([]);
      expect((await listOf(phone, [`GROUP${group}`]))[0]).toBe(still);
      const told = ears[0].dataOf<Conversation[]>(LIST).at(-1);
      expect(told?.find(({ conversationID }) => conversationID === withBob)).toBe(after);
      await say(peer, `C2C${ann}`);
      await ears[0].heard();
      expect((await listOf(phone, [`GROUP${group}`]))[0]).toBe(still);
    });

    it("[DI5] what an app writes into a conversation changes nothing of the SDK's", async () => {
      const group = await groupOf(TYPES.GRP_PUBLIC, 'still');
      await phone.joinGroup({ groupID: group });
      await say(peer, `C2C${ann}`, 'true');
      await say(peer, `GROUP${group}`, 'true');
      await quiet();
      const truth = structuredClone(await readOf(laptop));
      const list = await listOf(phone);
      for (const conversation of list) {
        conversation.unreadCount = 99;
        conversation.markList.push(77);
        conversation.conversationGroupList.push('evil');
        (conversation.lastMessage.payload as { text: string }).text = 'evil';
        conversation.lastMessage.isRevoked = true;
        if (conversation.userProfile) conversation.userProfile.nick = 'evil';
        if (conversation.groupProfile) conversation.groupProfile.name = 'evil';
      }
      list.length = 0;
      expect(phone.getTotalUnreadMessageCount()).toBe(2);
      for (const conversationID of [withBob, `GROUP${group}`]) {
        await phone.pinConversation({ conversationID, isPinned: true });
        await phone.pinConversation({ conversationID, isPinned: false });
      }
      expect(await readOf(phone)).toEqual(truth);
      expect((await phone.getGroupList()).data.groupList).toMatchObject([{ name: 'still' }]);
    });
  });
}
