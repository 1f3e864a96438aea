/** Messages as an app sees them, on two devices of a user and with peers (MS1 to MS6, DI5). */
import MusterChat, { type AnyMessage, type ChatSDK, type Message } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ear, LIST, listOf, RECEIVED, readOf, say, TOTAL } from './ear.ts';

const { EVENT, TYPES } = MusterChat;
const ROOM_TYPES: readonly string[] = [TYPES.GRP_MEETING, TYPES.GRP_AVCHATROOM];

export function messagesSuite(engine: string, storage: () => Promise<string | undefined>): void {
  describe(`messages on ${engine}`, () => {
    let muster: Muster;
    let round = 0;
    let ann: string;
    let bob: string;
    let phone: ChatSDK;
    let laptop: ChatSDK;
    let peer: ChatSDK;
    let onPhone: Ear;
    let onLaptop: Ear;
    let atPeer: Ear;
    let withBob: string;
    let withAnn: string;

    beforeAll(async () => {
      const address = await storage();
      muster = await startMuster({ tickMs: 30, ...(address === undefined ? {} : { storage: address }) });
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
      [withBob, withAnn] = [`C2C${bob}`, `C2C${ann}`];
      [onPhone, onLaptop, atPeer] = [new Ear(phone), new Ear(laptop), new Ear(peer)];
    });

    /** A group of ann's that bob is in. */
    async function groupOf(type: string = TYPES.GRP_PUBLIC): Promise<string> {
      const groupID = `group${round}`;
      const joinOption = type === TYPES.GRP_PUBLIC ? { joinOption: TYPES.JOIN_OPTIONS_FREE_ACCESS } : {};
      await phone.createGroup({ type: type as never, groupID, name: 'group', ...joinOption });
      await peer.joinGroup({ groupID });
      if (type === TYPES.GRP_AVCHATROOM)
        for (const device of [phone, laptop]) await device.joinGroup({ groupID });
      await forget();
      return groupID;
    }

    async function heard(): Promise<void> {
      for (const ear of [onPhone, onLaptop, atPeer]) await ear.heard();
    }

    async function forget(): Promise<void> {
      await muster.idle();
      await heard();
      for (const ear of [onPhone, onLaptop, atPeer]) ear.forget();
    }

    const messagesAt = (ear: Ear, name: string = RECEIVED) => ear.dataOf<AnyMessage[]>(name).flat();
    const history = async (device: ChatSDK, conversationID: string) =>
      (await device.getMessageList({ conversationID })).data.messageList;
    const textsOf = (messages: AnyMessage[]) =>
      messages.map(({ payload }) => (payload as { text: string }).text);
    const unreadOf = async (device: ChatSDK, id: string) => (await listOf(device, [id]))[0]?.unreadCount;

    it('[MS1] every kind of message arrives as it was made, and shows in the list', async () => {
      const to = { to: ann, conversationType: TYPES.CONV_C2C };
      const made: [Message, string][] = [
        [peer.createTextMessage({ ...to, payload: { text: 'text' } }), 'text'],
        [
          peer.createCustomMessage({ ...to, payload: { data: 'd', description: 'e', extension: 'x' } }),
          '[Custom Messages]',
        ],
        [peer.createFaceMessage({ ...to, payload: { index: 3, data: 'face' } }), '[Animated Sticker]'],
        [
          peer.createLocationMessage({
            ...to,
            payload: { description: 'here', latitude: 1.5, longitude: -2.25 },
          }),
          '[Location]',
        ],
      ];
      for (const [message, shown] of made) {
        message.cloudCustomData = 'own';
        const { data } = await peer.sendMessage(message);
        expect(data.message).toBe(message);
        expect(message).toMatchObject({ status: 'success', flow: 'out', from: bob });
        await heard();
        const [received] = messagesAt(onPhone).slice(-1);
        const { ID, type, payload, time, sequence, random } = message;
        const same = {
          ID,
          type,
          payload,
          time,
          sequence,
          random,
          conversationID: withBob,
          to: ann,
          from: bob,
        };
        expect(received).toMatchObject({ ...same, flow: 'in', cloudCustomData: 'own', isRevoked: false });
        expect((await listOf(laptop))[0]?.lastMessage).toMatchObject({ messageForShow: shown, payload });
      }
      expect(await history(phone, withBob)).toEqual(await history(laptop, withBob));
      expect(await history(phone, withBob)).toEqual(messagesAt(onPhone));
    });

    it('[MS1] history comes in pages of 15, the newest first and each oldest first', async () => {
      for (let at = 1; at <= 37; at += 1) await say(peer, withAnn, `t${at}`);
      const pages: number[][] = [];
      let nextReqMessageID = '';
      for (let isCompleted = false; !isCompleted; ) {
        const { data } = await laptop.getMessageList({ conversationID: withBob, nextReqMessageID });
        pages.push(data.messageList.map(({ sequence }) => sequence));
        ({ nextReqMessageID, isCompleted } = data);
      }
      const upTo = (first: number, last: number) =>
        Array.from({ length: last - first + 1 }, (_, at) => first + at);
      expect(pages).toEqual([upTo(23, 37), upTo(8, 22), upTo(1, 7)]);
    });

    it('[MS1] [DI5] a refused message keeps its object, with status fail', async () => {
      const groupID = await groupOf();
      const stranger = await muster.login(`cay${round}`);
      const large = 'x'.repeat(12 * 1_024);
      const refused: [ChatSDK, string, string, number][] = [
        [phone, `C2Cnever${round}`, 'hi', 10019],
        [stranger, `GROUP${groupID}`, 'hi', 10007],
        [phone, 'GROUPnone', 'hi', 10010],
        [phone, withBob, large, 80002],
      ];
      await phone.setGroupMemberMuteTime({ groupID, userID: bob, muteTime: 600 });
      refused.push([peer, `GROUP${groupID}`, 'hi', 10017]);
      await forget();
      for (const [device, conversationID, text, code] of refused) {
        const isToGroup = conversationID.startsWith('GROUP');
        const message = device.createTextMessage({
          to: conversationID.slice(isToGroup ? 5 : 3),
          conversationType: isToGroup ? TYPES.CONV_GROUP : TYPES.CONV_C2C,
          payload: { text },
        });
        const error = await device.sendMessage(message).catch((why: unknown) => why);
        expect(error).toMatchObject({ code, retryable: false });
        expect((error as { data: { message: unknown } }).data.message).toBe(message);
        expect(message.status).toBe('fail');
      }
      await heard();
      for (const ear of [onPhone, onLaptop, atPeer]) expect(ear.names).toEqual([]);
    });

    it('[MS1] takes back by its sender or the owner alone, and tells everybody once', async () => {
      const id = `GROUP${await groupOf()}`;
      const mine = await say(phone, id, 'mine');
      const theirs = await say(peer, id, 'theirs');
      await heard();
      const [minePeer] = messagesAt(atPeer);
      await expect(peer.revokeMessage(minePeer as AnyMessage)).rejects.toMatchObject({ code: 10007 });
      await forget();
      const { data } = await phone.revokeMessage(theirs);
      expect(data.message).toMatchObject({ isRevoked: true });
      await phone.revokeMessage(mine);
      await heard();
      for (const ear of [onPhone, onLaptop, atPeer]) {
        const revoked = messagesAt(ear, EVENT.MESSAGE_REVOKED);
        expect(revoked.map(({ sequence, isRevoked, revoker }) => [sequence, isRevoked, revoker])).toEqual([
          [theirs.sequence, true, ann],
          [mine.sequence, true, ann],
        ]);
        expect((await listOf(ear.device, [id]))[0]?.lastMessage).toMatchObject({
          isRevoked: true,
          revoker: ann,
        });
      }
      expect((await history(peer, id)).map(({ isRevoked }) => isRevoked)).toEqual([true, true]);
    });

    it('[MS1] the sender hears once that his message was read, on both his devices', async () => {
      const message = await say(phone, withBob);
      await atPeer.heard();
      await peer.setMessageRead({ conversationID: withAnn });
      await peer.setMessageRead({ conversationID: withAnn });
      await heard();
      for (const ear of [onPhone, onLaptop]) {
        const read = messagesAt(ear, EVENT.MESSAGE_READ_BY_PEER);
        expect(read).toMatchObject([{ ID: message.ID, isPeerRead: true }]);
        const [conversation] = await listOf(ear.device);
        expect(conversation?.lastMessage.isPeerRead).toBe(true);
        expect(conversation?.peerReadTime).toBeGreaterThan(1_600_000_000);
      }
    });

    it('[MS2] many writers at once: one order, the same at every device and in every history', async () => {
      const id = `GROUP${await groupOf()}`;
      const devices = [phone, laptop, peer];
      await Promise.all(
        devices.flatMap((device, who) =>
          Array.from({ length: 5 }, (_, at) => say(device, id, `${who}:${at}`)),
        ),
      );
      await heard();
      const all = await history(phone, id);
      expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
      for (const ear of [onPhone, onLaptop, atPeer]) {
        const own = devices.indexOf(ear.device);
        expect(textsOf(await history(ear.device, id))).toEqual(textsOf(all));
        const others = textsOf(all).filter((text) => !text.startsWith(`${own}:`));
        expect(textsOf(messagesAt(ear))).toEqual(others);
        // What a device says goes out in the order in which it was said.
        const said = textsOf(all).filter((text) => text.startsWith(`${own}:`));
        expect(said).toEqual(Array.from({ length: 5 }, (_, at) => `${own}:${at}`));
      }
    });

    it.each(ROOM_TYPES)('[MS3] a %s counts nothing as unread; an AVChatRoom keeps nothing', async (type) => {
      const groupID = await groupOf(type);
      await say(phone, `GROUP${groupID}`, 'hi');
      await heard();
      expect(textsOf(messagesAt(atPeer))).toEqual(['hi']);
      expect(textsOf(messagesAt(onLaptop))).toEqual(['hi']);
      expect(messagesAt(onPhone)).toEqual([]);
      expect(peer.getTotalUnreadMessageCount()).toBe(0);
      const isKept = type === TYPES.GRP_MEETING;
      expect(await unreadOf(peer, `GROUP${groupID}`)).toBe(isKept ? 0 : undefined);
      const kept = await history(peer, `GROUP${groupID}`).catch(() => []);
      expect(textsOf(kept)).toEqual(isKept ? ['hi'] : []);
    });

    it("[MS4] the user's other devices get his messages, the one that sent them does not", async () => {
      await say(phone, withBob, 'one');
      await say(laptop, withBob, 'two');
      await say(phone, withAnn, 'note');
      await heard();
      expect(textsOf(messagesAt(onPhone))).toEqual(['two']);
      expect(textsOf(messagesAt(onLaptop))).toEqual(['one', 'note']);
      expect(messagesAt(onLaptop)).toMatchObject([
        { flow: 'out', conversationID: withBob, from: ann },
        { flow: 'out', conversationID: withAnn },
      ]);
      expect(textsOf(messagesAt(atPeer))).toEqual(['one', 'two']);
      for (const ear of [onPhone, onLaptop, atPeer])
        for (const data of ear.dataOf(RECEIVED)) expect(Array.isArray(data)).toBe(true);
      expect(phone.getTotalUnreadMessageCount()).toBe(0);
    });

    it('[MS4] what happens in a group is told in tips, which nothing keeps', async () => {
      const groupID = await groupOf();
      const cay = await muster.login(`cay${round}`);
      await cay.joinGroup({ groupID });
      await phone.setGroupMemberRole({ groupID, userID: bob, role: TYPES.GRP_MBR_ROLE_ADMIN });
      await phone.updateGroupProfile({ groupID, name: 'renamed' });
      await phone.setGroupMemberMuteTime({ groupID, userID: `cay${round}`, muteTime: 60 });
      await phone.deleteGroupMember({ groupID, userIDList: [`cay${round}`] });
      await heard();
      const said = (ear: Ear) =>
        messagesAt(ear).map(({ type, from, payload }) => {
          const { operationType, operatorID, userIDList } = payload as Record<string, unknown>;
          return [type, from, operationType, operatorID, userIDList];
        });
      const system = '@TIM#SYSTEM';
      const [tip, cayID] = [TYPES.MSG_GRP_TIP, `cay${round}`];
      const tips = [
        [tip, system, TYPES.GRP_TIP_MBR_JOIN, cayID, [cayID]],
        [tip, system, TYPES.GRP_TIP_MBR_SET_ADMIN, ann, [bob]],
        [tip, system, TYPES.GRP_TIP_GRP_PROFILE_UPDATED, ann, []],
        [tip, system, TYPES.GRP_TIP_MBR_PROFILE_UPDATED, ann, [cayID]],
        [tip, system, TYPES.GRP_TIP_MBR_KICKED_OUT, ann, [cayID]],
      ];
      for (const ear of [onPhone, onLaptop, atPeer]) expect(said(ear)).toEqual(tips);
      expect(messagesAt(atPeer)[2]?.payload).toMatchObject({ newGroupProfile: { name: 'renamed' } });
      expect(await history(peer, `GROUP${groupID}`)).toEqual([]);
      expect((await listOf(peer))[0]).toMatchObject({ unreadCount: 0, lastMessage: { lastSequence: 0 } });
    });

    it('[MS4] being invited, removed, having quit elsewhere and the end of a group come as notices', async () => {
      const groupIDs = ['kicked', 'quit', 'ended'].map((name) => `${name}${round}`) as [
        string,
        string,
        string,
      ];
      for (const groupID of groupIDs)
        await peer.createGroup({ type: TYPES.GRP_PUBLIC, groupID, name: groupID });
      const administrator = await muster.login('administrator');
      for (const groupID of groupIDs) await administrator.addGroupMember({ groupID, userIDList: [ann] });
      await peer.deleteGroupMember({ groupID: groupIDs[0], userIDList: [ann] });
      await phone.quitGroup(groupIDs[1]);
      await peer.dismissGroup(groupIDs[2]);
      await heard();
      const notices = (ear: Ear) =>
        messagesAt(ear)
          .filter(({ type }) => type === TYPES.MSG_GRP_SYS_NOTICE)
          .map(({ payload }) => (payload as { operationType: number }).operationType);
      expect(notices(onPhone)).toEqual([7, 7, 7, 4, 5]);
      expect(notices(onLaptop)).toEqual([7, 7, 7, 4, 8, 5]);
      expect(await listOf(phone)).toEqual([]);
    });

    it('[MS5] an online-only message reaches those connected and leaves no trace', async () => {
      await say(phone, withBob, 'kept');
      await forget();
      await say(phone, withBob, 'passing', { onlineUserOnly: true });
      await heard();
      expect(textsOf(messagesAt(atPeer))).toEqual(['passing']);
      expect(await unreadOf(peer, withAnn)).toBe(1);
      for (const device of [phone, laptop, peer]) {
        const id = device === peer ? withAnn : withBob;
        expect(textsOf(await history(device, id))).toEqual(['kept']);
        expect((await listOf(device))[0]?.lastMessage.messageForShow).toBe('kept');
      }
    });

    it('[MS5] messages may be kept out of the count, and out of the last message', async () => {
      await say(phone, withBob, 'one');
      await say(phone, withBob, 'silent', { messageControlInfo: { excludedFromUnreadCount: true } });
      await heard();
      expect((await listOf(peer))[0]).toMatchObject({
        unreadCount: 1,
        lastMessage: { messageForShow: 'silent' },
      });
      await say(phone, withBob, 'hidden', { messageControlInfo: { excludedFromLastMessage: true } });
      await heard();
      for (const device of [peer, await muster.login(bob)])
        expect((await listOf(device))[0]).toMatchObject({
          unreadCount: 2,
          lastMessage: { messageForShow: 'silent' },
        });
    });

    it("[MS5] deletes from the caller's own history alone, and clears it, on all his devices", async () => {
      for (const text of ['one', 'two', 'three']) await say(peer, withAnn, text);
      await heard();
      const last = (await history(phone, withBob)).at(-1) as AnyMessage;
      const { data } = await phone.deleteMessage([last]);
      expect(data.messageList).toEqual([last]);
      expect(last.isDeleted).toBe(true);
      await heard();
      for (const device of [phone, laptop]) {
        expect(textsOf(await history(device, withBob))).toEqual(['one', 'two']);
        expect((await listOf(device))[0]?.lastMessage.messageForShow).toBe('two');
        expect(device.findMessage(last.ID)).toBeNull();
      }
      expect(textsOf(await history(peer, withAnn))).toEqual(['one', 'two', 'three']);
      await laptop.clearHistoryMessage(withBob);
      await heard();
      for (const device of [phone, laptop]) {
        expect(await history(device, withBob)).toEqual([]);
        expect((await listOf(device))[0]?.lastMessage).toMatchObject({ lastSequence: 0, messageForShow: '' });
      }
      expect(await readOf(phone)).toEqual(await readOf(laptop));
    });

    it('[MS5] changes a message for everybody, and tells it', async () => {
      const message = await say(phone, withBob, 'frist');
      await heard();
      message.payload.text = 'first';
      await phone.modifyMessage(message);
      await heard();
      for (const ear of [onLaptop, atPeer]) {
        const [modified] = messagesAt(ear, EVENT.MESSAGE_MODIFIED);
        expect(modified).toMatchObject({ ID: message.ID, isModified: true, payload: { text: 'first' } });
        expect(ear.device.findMessage(message.ID)).toMatchObject({ payload: { text: 'first' } });
        expect((await listOf(ear.device))[0]?.lastMessage.messageForShow).toBe('first');
      }
    });

    it("[DI5] what an app writes into a message changes nothing of the SDK's or of others'", async () => {
      const message = phone.createTextMessage({
        to: bob,
        conversationType: TYPES.CONV_C2C,
        payload: { text: 'true' },
      });
      const sending = phone.sendMessage(message);
      message.payload.text = 'evil';
      await sending;
      await heard();
      const [received] = messagesAt(atPeer);
      expect(received).toMatchObject({ payload: { text: 'true' } });
      (received as { payload: { text: string } }).payload.text = 'evil';
      expect(peer.findMessage(message.ID)).toMatchObject({ payload: { text: 'true' } });
      expect((await listOf(peer))[0]?.lastMessage.messageForShow).toBe('true');
    });

    it('[MS6] what is taken back or deleted stays counted until it is read; own messages count nothing', async () => {
      const id = `GROUP${await groupOf()}`;
      const taken = await say(phone, id, 'one');
      await say(laptop, id, 'two');
      await say(peer, id, 'own');
      await phone.revokeMessage(taken);
      await heard();
      const [, second] = await history(peer, id);
      await peer.deleteMessage([second as AnyMessage]);
      await atPeer.heard();
      for (const device of [peer, await muster.login(bob)]) {
        expect(await unreadOf(device, id)).toBe(2);
        expect(device.getTotalUnreadMessageCount()).toBe(2);
      }
      await peer.setMessageRead({ conversationID: id });
      expect(await unreadOf(peer, id)).toBe(0);
      expect(await unreadOf(phone, id)).toBe(1);
    });

    it('[MS6] marks and messages of many devices at once come to the same count everywhere', async () => {
      const id = `GROUP${await groupOf()}`;
      await say(peer, id, 'begin');
      await heard();
      const mark = (device: ChatSDK) => device.setMessageRead({ conversationID: id });
      await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          await say(peer, id, `p${at}`, { atUserList: at % 3 ? [] : [ann] });
          await Promise.all([mark(at % 2 ? phone : laptop), say(at % 2 ? laptop : phone, id, `a${at}`)]);
        }),
      );
      await say(peer, id, 'end', { atUserList: [TYPES.MSG_AT_ALL] });
      await heard();
      const fresh = await readOf(await muster.login(ann));
      expect(fresh.list[0]?.groupAtInfoList.at(-1)).toMatchObject({
        from: bob,
        atTypeArray: [TYPES.CONV_AT_ALL],
      });
      for (const ear of [onPhone, onLaptop]) {
        expect(await readOf(ear.device)).toEqual(fresh);
        await expect.poll(() => ear.dataOf(TOTAL).at(-1)).toBe(fresh.total);
        await expect.poll(() => ear.dataOf(LIST).at(-1)).toEqual(fresh.list);
      }
    });
  });
}
