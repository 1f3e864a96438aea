import type { OnlineMessageFrame, RoomTipFrame } from '@muster/protocol';
import { limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('messages that nothing is kept of', () => {
  let muster: Muster;
  let time: number;
  let host: RawDevice;
  let ann: RawDevice;
  let bob: RawDevice;

  beforeEach(async () => {
    time = 1_800_000_000_000;
    muster = await startMuster({ now: () => time, tickMs: 0 });
    host = await rawDevice(muster, 'host');
    ann = await rawDevice(muster, 'ann');
    bob = await rawDevice(muster, 'bob');
    for (const groupID of ['room', 'other'])
      await host.write('createGroup', { type: 'AVChatRoom', groupID, name: groupID });
  });
  afterEach(() => muster.close());

  const who = (userID: string) => ({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });
  const heard = ({ events }: RawDevice) =>
    events.filter((frame): frame is OnlineMessageFrame => frame.event === 'onlineMessage');
  const texts = (device: RawDevice) => heard(device).map(({ message }) => message.payload.text);
  const tips = ({ events }: RawDevice) =>
    events.filter((frame): frame is RoomTipFrame => frame.event === 'roomTip');

  async function enter(...devices: RawDevice[]): Promise<void> {
    for (const device of devices) await device.write('joinGroup', { groupID: 'room' });
  }

  describe('in an AVChatRoom', () => {
    it('[MS3] go to those who are there, in one order, but not to the device that says them', async () => {
      const laptop = await rawDevice(muster, 'ann');
      await enter(ann, laptop, bob);
      const answers = await Promise.all(
        ['1', '2', '3'].map((text) => ann.write('sendMessage', textTo('GROUProom', text))),
      );
      for (const answer of answers) expect(answer).toMatchObject({ ok: true, output: { sequence: 0 } });
      for (const device of [laptop, bob]) await device.until(() => heard(device).length === 3);
      expect(texts(bob)).toEqual(['1', '2', '3']);
      expect(texts(laptop)).toEqual(['1', '2', '3']);
      expect(heard(bob)[0]).toMatchObject({
        conversationID: 'GROUProom',
        message: { from: 'ann', sequence: 0 },
      });
      await muster.idle();
      expect(heard(ann)).toEqual([]);
      expect(heard(host)).toEqual([]);
    });

    it('[MS3] are in no history and no list', async () => {
      await enter(ann, bob);
      await ann.write('sendMessage', textTo('GROUProom', 'gone'));
      const page = await post(muster, 'ann', 'getMessageList', { conversationID: 'GROUProom' });
      expect(page).toMatchObject({ status: 200, body: { messageList: [], isCompleted: true } });
      const list = await post(muster, 'ann', 'getConversationList', {});
      expect(list.body).toEqual({ conversationList: [] });
    });

    it('[GR7] are said by those who are there: others are refused 10007', async () => {
      await enter(ann);
      expect(await bob.write('sendMessage', textTo('GROUProom', 'x'))).toMatchObject({
        error: { code: 10007 },
      });
      expect(await post(muster, 'bob', 'sendMessage', textTo('GROUProom', 'x'))).toMatchObject({
        status: 403,
      });
      await muster.idle();
      expect(heard(ann)).toEqual([]);
    });

    it('[DL2] are answered again and not delivered again when the answer was lost', async () => {
      await enter(bob);
      const phone = await RawDevice.connect(muster.proxyServer);
      const { device } = await phone.login(who('ann'));
      await phone.request('joinGroup', { groupID: 'room' }, { operation: { seq: 1, low: 1 } });
      const input = textTo('GROUProom', 'once');
      const operation = { seq: 2, low: 2 };
      const first = await phone.request('sendMessage', input, { operation });
      phone.terminate();
      await phone.closed;
      const back = await RawDevice.connect(muster.proxyServer);
      await back.login(who('ann'), { device });
      expect(await back.request('sendMessage', input, { operation })).toEqual(first);
      const other = await back.request('sendMessage', textTo('GROUProom', 'more'), { operation });
      expect(other).toMatchObject({ ok: false, error: { code: 52002 } });
      await muster.idle();
      expect(texts(bob)).toEqual(['once']);
    });

    it('[DL2] are said once by an Idempotency-Key, and a refusal may be tried again', async () => {
      const key = { 'idempotency-key': 'k' };
      const input = textTo('GROUProom', 'x');
      expect(await post(muster, 'ann', 'sendMessage', input, key)).toMatchObject({ status: 403 });
      await enter(ann, bob);
      for (let times = 0; times < 2; times += 1)
        expect(await post(muster, 'ann', 'sendMessage', input, key)).toMatchObject({ status: 200 });
      await muster.idle();
      expect(texts(bob)).toEqual(['x']);
    });
  });

  describe('for connected devices only', () => {
    const onlineUserOnly = true;

    it("[MS5] reach the other's devices and one's own others, and nothing is kept", async () => {
      const laptop = await rawDevice(muster, 'ann');
      const input = { ...textTo('C2Cbob', 'typing'), onlineUserOnly };
      expect(await ann.write('sendMessage', input)).toMatchObject({ ok: true, output: { sequence: 0 } });
      for (const device of [laptop, bob]) await device.until(() => heard(device).length === 1);
      expect(heard(bob)).toMatchObject([{ conversationID: 'C2Cann', message: { to: 'bob' } }]);
      expect(heard(laptop)).toMatchObject([{ conversationID: 'C2Cbob', message: { to: 'bob' } }]);
      await muster.idle();
      expect(ann.events).toEqual([]);
      const list = await post(muster, 'bob', 'getConversationList', {});
      expect(list.body).toEqual({ conversationList: [] });
    });

    it('[MS5] in a group reach its members who are connected', async () => {
      await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
      await bob.write('joinGroup', { groupID: 'g' });
      await bob.write('sendMessage', { ...textTo('GROUPg', 'typing'), onlineUserOnly });
      await ann.until(() => heard(ann).length === 1);
      expect(await host.write('sendMessage', { ...textTo('GROUPg', 'x'), onlineUserOnly })).toMatchObject({
        error: { code: 10007 },
      });
      const page = await post(muster, 'ann', 'getMessageList', { conversationID: 'GROUPg' });
      expect(page.body).toMatchObject({ messageList: [] });
      expect([heard(bob), heard(host)]).toEqual([[], []]);
    });

    it('[MS1] are refused 10019 to a user who never logged in', async () => {
      const input = { ...textTo('C2Cnobody', 'x'), onlineUserOnly };
      expect(await ann.write('sendMessage', input)).toMatchObject({ error: { code: 10019 } });
    });
  });

  describe('about who comes and who leaves', () => {
    it('[MS4] reach those in the room, the newcomer too, with how many are there', async () => {
      await post(muster, 'bob', 'updateMyProfile', { nick: 'Bob' });
      await enter(ann);
      await ann.until(() => tips(ann).length === 1);
      await enter(bob);
      for (const device of [ann, bob]) await device.until(() => tips(device).at(-1)?.userID === 'bob');
      expect(tips(ann)).toEqual([
        {
          event: 'roomTip',
          groupID: 'room',
          kind: 'joined',
          userID: 'ann',
          nick: '',
          avatar: '',
          memberCount: 1,
        },
        {
          event: 'roomTip',
          groupID: 'room',
          kind: 'joined',
          userID: 'bob',
          nick: 'Bob',
          avatar: '',
          memberCount: 2,
        },
      ]);
      expect(tips(bob)).toEqual(tips(ann).slice(1));
      expect(tips(host)).toEqual([]);
    });

    it('[MS4] tell of a user once, however many of his devices come and leave', async () => {
      const laptop = await rawDevice(muster, 'bob');
      await enter(ann, bob, laptop);
      await bob.write('quitGroup', { groupID: 'room' });
      await laptop.write('quitGroup', { groupID: 'room' });
      await ann.until(() => tips(ann).some(({ kind }) => kind === 'left'));
      await muster.idle();
      expect(tips(ann).map(({ kind, userID }) => `${kind} ${userID}`)).toEqual([
        'joined ann',
        'joined bob',
        'left bob',
      ]);
    });

    it('[MS4] tell of logging out, and of joining another room', async () => {
      const cid = await rawDevice(muster, 'cid');
      await enter(ann, bob, cid);
      const left = () => tips(ann).flatMap(({ kind, userID }) => (kind === 'left' ? userID : []));
      await bob.request('logout', {});
      await ann.until(() => left().length === 1);
      await cid.write('joinGroup', { groupID: 'other' });
      await ann.until(() => left().length === 2);
      expect(left()).toEqual(['bob', 'cid']);
    });

    it('[MS4] are at most ten a second', async () => {
      await enter(ann);
      const others = await Promise.all(
        Array.from({ length: 15 }, (_, index) => rawDevice(muster, `user${index}`)),
      );
      await enter(...others);
      await muster.idle();
      const most = limit('groupTips_perSecond_max');
      expect(tips(ann)).toHaveLength(most);
      time += 1_000;
      await others[0]?.write('quitGroup', { groupID: 'room' });
      await ann.until(() => tips(ann).length === most + 1);
      expect(tips(ann).at(-1)).toMatchObject({ kind: 'left', userID: 'user0', memberCount: 15 });
    });
  });
});
