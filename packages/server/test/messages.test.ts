import { groupScope, type LogFrame, limit, type SendMessageInput, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('messages', () => {
  let muster: Muster;
  let ann: RawDevice;
  let bob: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    ann = await rawDevice(muster, 'ann');
    bob = await rawDevice(muster, 'bob');
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
    await bob.write('joinGroup', { groupID: 'g' });
    await ann.until(({ events }) => logged(events, groupScope('g')).length > 0);
    ann.events.length = 0;
    bob.events.length = 0;
  });
  afterEach(() => muster.close());

  const send = (
    device: RawDevice,
    conversationID: string,
    text: string,
    more: Partial<SendMessageInput> = {},
  ) => device.write('sendMessage', { ...textTo(conversationID, text), ...more });

  async function history(userID: string, conversationID: string, more: object = {}): Promise<string[]> {
    const { body } = await post(muster, userID, 'getMessageList', { conversationID, ...more });
    return (body.messageList as { payload: { text: string } }[]).map(({ payload }) => payload.text);
  }

  describe('in a group', () => {
    it('[MS2] a message is one event of the group, which reaches everybody in one order', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => send(index % 2 ? ann : bob, 'GROUPg', `${index}`)),
      );
      const sequences = answers.map((answer) => (answer.ok ? answer.output.sequence : 0));
      expect([...sequences].sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      for (const device of [ann, bob]) await device.until(({ events }) => said(events).length === 20);
      expect(said(bob.events)).toEqual(said(ann.events));
      expect(await history('ann', 'GROUPg', { count: 100 })).toEqual(said(ann.events));
      expect(logged(ann.events, userScope('ann'))).toEqual([]);
    });

    it("[DL9] the sender's own device has the event before the answer, and its name in it", async () => {
      const answer = await ann.request('sendMessage', textTo('GROUPg', 'hello'), {
        operation: { seq: 7, low: 7 },
      });
      expect(logged(ann.events, groupScope('g'))).toMatchObject([
        { name: 'messageSent', conversationID: 'GROUPg', by: { seq: 7 }, message: { from: 'ann', to: 'g' } },
      ]);
      expect(answer).toMatchObject({ ok: true, output: { sequence: 1 } });
    });

    it('[MS1] who is no member is refused 10007, a group that is not there 10010, a malformed id 2503', async () => {
      const eve = await rawDevice(muster, 'eve');
      expect(await send(eve, 'GROUPg', 'x')).toMatchObject({ ok: false, error: { code: 10007 } });
      expect(await send(eve, 'GROUPnone', 'x')).toMatchObject({ ok: false, error: { code: 10010 } });
      for (const id of ['g', 'GROUP', 'C2C@eve', '@TIM#SYSTEM'])
        expect(await send(eve, id, 'x')).toMatchObject({ ok: false, error: { code: 2503 } });
      expect(await history('ann', 'GROUPg')).toEqual([]);
    });

    it('[MS1] its sender takes a message back, and an admin of the group; others may not', async () => {
      await bob.write('sendMessage', textTo('GROUPg', 'oops'));
      await ann.write('sendMessage', textTo('GROUPg', 'mine'));
      const revoke = (device: RawDevice, sequence: number) =>
        device.write('revokeMessage', { conversationID: 'GROUPg', sequence });
      expect(await revoke(bob, 2)).toMatchObject({ ok: false, error: { code: 10007 } });
      expect(await revoke(ann, 9)).toMatchObject({ ok: false, error: { code: 10030 } });
      expect(await revoke(ann, 1)).toMatchObject({ ok: true, output: { message: { isRevoked: true } } });
      await bob.until(({ events }) => logged(events, groupScope('g')).length === 3);
      expect(logged(bob.events, groupScope('g')).at(-1)).toMatchObject({
        name: 'messageRevoked',
        sequence: 1,
        revoker: 'ann',
      });
    });

    it('[MS5] a message gets another content for everybody', async () => {
      await send(ann, 'GROUPg', 'one');
      const change = { conversationID: 'GROUPg', sequence: 1, payload: { text: 'two' } };
      expect(await bob.write('modifyMessage', change)).toMatchObject({ ok: false, error: { code: 10007 } });
      expect((await ann.write('modifyMessage', change)).ok).toBe(true);
      expect(await history('bob', 'GROUPg')).toEqual(['two']);
      await bob.until(({ events }) => logged(events, groupScope('g')).length === 2);
      expect(logged(bob.events, groupScope('g')).at(-1)).toMatchObject({
        name: 'messageModified',
        message: { isModified: true },
      });
    });

    it('[SE1] a page holds as many messages as a connection takes, and the next one goes on', async () => {
      for (let sent = 0; sent < 40; sent += 1) await send(ann, 'GROUPg', `${sent} ${'é'.repeat(6_000)}`);
      const seen: number[] = [];
      let isCompleted = false;
      for (let pages = 0; !isCompleted; pages += 1) {
        expect(pages).toBeLessThan(4);
        const page = seen.length === 0 ? {} : { before: seen[0] as number };
        const input = { conversationID: 'GROUPg', count: 100, ...page };
        const answer = await bob.request('getMessageList', input);
        if (!answer.ok) throw new Error(answer.error.message);
        const { messageList } = answer.output;
        expect(Buffer.byteLength(JSON.stringify(messageList))).toBeLessThan(
          limit('connectionQueue_bytes_max'),
        );
        seen.unshift(...messageList.map(({ sequence }) => sequence));
        isCompleted = answer.output.isCompleted;
      }
      expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      const usual = await bob.request('getMessageList', { conversationID: 'GROUPg' });
      expect(usual).toMatchObject({ output: { messageList: { length: 15 }, isCompleted: false } });
    });

    it("[MS1] a read mark is told to the user's own devices", async () => {
      const laptop = await rawDevice(muster, 'bob');
      for (const text of ['1', '2', '3']) await send(ann, 'GROUPg', text);
      expect((await bob.write('setMessageRead', { conversationID: 'GROUPg', through: 2 })).ok).toBe(true);
      await laptop.until(({ events }) => logged(events, userScope('bob')).length > 0);
      expect(logged(laptop.events, userScope('bob'))).toMatchObject([
        {
          name: 'conversationsUpdated',
          conversations: [{ conversationID: 'GROUPg', read: { sequence: 2, counted: 2, own: 0 } }],
        },
      ]);
      expect(logged(ann.events, userScope('ann'))).toEqual([]);
    });
  });

  describe('between two users', () => {
    it('[MS2] a message is told to both, each with his own name of the conversation', async () => {
      const laptop = await rawDevice(muster, 'ann');
      expect(await send(ann, 'C2Cbob', 'hi')).toMatchObject({ ok: true, output: { sequence: 1 } });
      await bob.until(({ events }) => said(events).length === 1);
      await laptop.until(({ events }) => said(events).length === 1);
      const expected = (conversationID: string, own: number) => [
        {
          conversationID,
          conversation: { tally: { sequence: 1, counted: 1, own }, lastMessage: { from: 'ann' } },
        },
      ];
      expect(logged(bob.events, userScope('bob'))).toMatchObject(expected('C2Cann', 0));
      expect(logged(laptop.events, userScope('ann'))).toMatchObject(expected('C2Cbob', 1));
      expect(logged(ann.events, userScope('ann'))).toMatchObject(expected('C2Cbob', 1));
    });

    it('[MS1] to a user who never logged in it is refused 10019, and to oneself it is one event', async () => {
      expect(await send(ann, 'C2Cnobody', 'x')).toMatchObject({ ok: false, error: { code: 10019 } });
      expect(await send(ann, 'C2Cann', 'note')).toMatchObject({ ok: true, output: { sequence: 1 } });
      expect(said(ann.events)).toEqual(['note']);
    });

    it('[MS2] sent again after a lost answer it is stored once', async () => {
      muster.faults.cutAfterCommit(1);
      const operation = { seq: 5, low: 5 };
      const input = textTo('C2Cbob', 'once');
      const { device } = await login('ann');
      const lost = await RawDevice.connect(muster.proxyServer);
      await lost.login(who('ann'), { device });
      expect(await lost.request('sendMessage', input, { operation })).toMatchObject({ ok: false });
      const again = await RawDevice.connect(muster.proxyServer);
      await again.login(who('ann'), { device });
      expect(await again.request('sendMessage', input, { operation })).toMatchObject({
        ok: true,
        output: { sequence: 1 },
      });
      expect(muster.faults.cuts).toBe(1);
      expect(await history('bob', 'C2Cann')).toEqual(['once']);
      await bob.until(({ events }) => said(events).length === 1);
      await muster.idle();
      expect(said(bob.events)).toEqual(['once']);
    });

    it('[MS2] a commit that fails leaves no message and takes no number', async () => {
      muster.faults.failBeforeCommit(1);
      expect(await send(ann, 'C2Cbob', 'lost')).toMatchObject({ ok: false, error: { code: 10002 } });
      expect(await send(ann, 'C2Cbob', 'kept')).toMatchObject({ ok: true, output: { sequence: 1 } });
      expect(await history('bob', 'C2Cann')).toEqual(['kept']);
    });

    it('[MS1] reading is told to the other side', async () => {
      await send(ann, 'C2Cbob', 'hi');
      await bob.write('setMessageRead', { conversationID: 'C2Cann' });
      await ann.until(({ events }) => logged(events, userScope('ann')).length === 2);
      expect(logged(ann.events, userScope('ann')).at(-1)).toMatchObject({
        name: 'messageReadByPeer',
        conversationID: 'C2Cbob',
        readSequence: 1,
      });
    });

    it('[MS5] what one deletes or clears stays with the other', async () => {
      for (const text of ['1', '2', '3']) await send(ann, 'C2Cbob', text);
      const deletion = await bob.write('deleteMessage', { conversationID: 'C2Cann', sequenceList: [3] });
      expect(deletion.ok).toBe(true);
      expect(logged(bob.events, userScope('bob')).at(-1)).toMatchObject({
        name: 'messagesDeleted',
        sequenceList: [3],
        lastMessage: { sequence: 2 },
      });
      expect(await history('bob', 'C2Cann')).toEqual(['1', '2']);
      await bob.write('clearHistoryMessage', { conversationID: 'C2Cann' });
      expect(await history('bob', 'C2Cann')).toEqual([]);
      expect(await history('ann', 'C2Cbob')).toEqual(['1', '2', '3']);
    });

    it('[MS1] history comes in pages, the newest first, each oldest first', async () => {
      for (let index = 1; index <= 20; index += 1) await send(ann, 'C2Cbob', `${index}`);
      const page = async (more: object) => (await post(muster, 'bob', 'getMessageList', more)).body;
      const newest = await page({ conversationID: 'C2Cann' });
      expect(newest).toMatchObject({ isCompleted: false });
      expect(await history('bob', 'C2Cann')).toEqual(
        Array.from({ length: 15 }, (_, index) => `${index + 6}`),
      );
      expect(await history('bob', 'C2Cann', { before: 6 })).toEqual(['1', '2', '3', '4', '5']);
      expect(await page({ conversationID: 'C2Cann', before: 6 })).toMatchObject({ isCompleted: true });
      expect(await page({ conversationID: 'C2Cann', count: 20 })).toMatchObject({ isCompleted: true });
    });
  });

  describe('over HTTP', () => {
    it('[DL2] an Idempotency-Key makes it said once', async () => {
      const key = { 'idempotency-key': 'a message' };
      const input = textTo('C2Cbob', 'one');
      const first = await post(muster, 'ann', 'sendMessage', input, key);
      const again = await post(muster, 'ann', 'sendMessage', input, key);
      expect(again).toMatchObject({ status: 200, body: first.body });
      const other = await post(muster, 'ann', 'sendMessage', textTo('C2Cbob', 'two'), key);
      expect(other).toMatchObject({ status: 409, body: { code: 52002 } });
      expect(await history('bob', 'C2Cann')).toEqual(['one']);
    });

    it('[SE3] nobody reads or changes what others say to each other', async () => {
      await send(ann, 'C2Cbob', 'secret');
      await send(ann, 'GROUPg', 'ours');
      expect(await history('eve', 'C2Cann')).toEqual([]);
      expect(await history('eve', 'C2Cbob')).toEqual([]);
      for (const command of ['getMessageList', 'setMessageRead', 'clearHistoryMessage']) {
        const answer = await post(muster, 'eve', command, { conversationID: 'GROUPg' });
        expect(answer).toMatchObject({ status: 403, body: { code: 10007 } });
      }
      const named = { conversationID: 'C2Cann', sequence: 1 };
      expect(await post(muster, 'eve', 'revokeMessage', named)).toMatchObject({ body: { code: 10030 } });
      const change = { ...named, payload: { text: 'x' } };
      expect(await post(muster, 'eve', 'modifyMessage', change)).toMatchObject({ body: { code: 10030 } });
      expect(await history('bob', 'C2Cann')).toEqual(['secret']);
    });

    it('[MS1] a message is at most 12 KB', async () => {
      const large = await post(muster, 'ann', 'sendMessage', textTo('C2Cbob', 'x'.repeat(13_000)));
      expect(large).toMatchObject({ status: 413, body: { code: 80002 } });
    });
  });

  const who = (userID: string) => ({ SDKAppID: muster.SDKAppID, userID, userSig: muster.userSig(userID) });

  async function login(userID: string) {
    const device = await RawDevice.connect(muster.proxyServer);
    const output = await device.login(who(userID));
    device.close();
    await device.closed;
    return output;
  }
});

function logged(events: RawDevice['events'], scope: string) {
  return events.flatMap((frame) =>
    frame.event === 'log' && frame.scope === scope ? (frame as LogFrame).events : [],
  );
}

/** The texts of the messages that a device was told, in order. */
function said(events: RawDevice['events']): string[] {
  return events.flatMap((frame) =>
    frame.event === 'log'
      ? frame.events.flatMap((event) =>
          event.name === 'messageSent' ? [String(event.message.payload.text)] : [],
        )
      : [],
  );
}
