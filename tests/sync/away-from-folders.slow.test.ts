/** A device that missed more than the log tells: healed by a snapshot, with one event of each kind (DL4, DL6). */
import MusterChat, { type AnyMessage, type ChatSDK, type Conversation } from '@muster/chat';
import { limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ear, idsOf, LIST, MEMBERS, NAMES_LIST, RECEIVED, readOf, say, TOTAL } from '../agree/ear.ts';
import { Gate, noticed } from '../setup/gate.ts';

const { EVENT, TYPES } = MusterChat;
const KEPT_EVENTS = limit('logKept_perScope_events');
/** A device waits longer from one attempt to the next, up to 30 s; a deaf one is let go after 20 s. */
const HEALED_MS = 60_000;

describe('a device that was away', () => {
  let muster: Muster;
  let gate: Gate;
  /** Its connection goes through the gate. */
  let phone: ChatSDK;
  let laptop: ChatSDK;
  let bob: ChatSDK;
  let ear: Ear;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 30 });
    gate = await Gate.to(muster.port);
    phone = await gate.login(muster, 'ann');
    laptop = await muster.login('ann');
    bob = await muster.login('bob');
    for (const groupID of ['a', 'b', 'c'])
      await laptop.createGroup({
        type: TYPES.GRP_WORK,
        groupID,
        name: groupID,
        memberList: [{ userID: 'bob' }],
      });
    for (const [name, ...ids] of [
      ['kept', 'GROUPa'],
      ['renamed', 'GROUPa', 'GROUPb'],
      ['deleted', 'GROUPc'],
    ] as const)
      await laptop.createConversationGroup({ groupName: name, conversationIDList: [...ids] });
    await say(bob, 'C2Cann', 'before');
    await muster.idle();
    ear = new Ear(phone);
    await ear.heard();
    ear.forget();
  });
  afterEach(async () => {
    await phone.destroy();
    await gate.close();
    await muster.close();
  });

  /** Changes of all kinds by the other device, as many as the log of the user does not keep. */
  async function editALot(events: number): Promise<void> {
    await laptop.renameConversationGroup({ oldName: 'renamed', newName: 'new' });
    await laptop.deleteConversationGroup('deleted');
    await laptop.createConversationGroup({ groupName: 'late', conversationIDList: ['GROUPc'] });
    for (let done = 0; done < events; done += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          laptop.setConversationCustomData({ conversationIDList: ['GROUPb'], customData: `${done + at}` }),
        ),
      );
    await laptop.deleteConversationsFromGroup({ groupName: 'kept', conversationIDList: ['GROUPa'] });
    await laptop.addConversationsToGroup({ groupName: 'new', conversationIDList: ['GROUPc'] });
    await laptop.quitGroup('b');
  }

  /** One event of each kind, each saying what there is now. */
  async function toldOnce(...more: string[]): Promise<void> {
    expect(ear.names).toEqual([NAMES_LIST, LIST, MEMBERS, MEMBERS, ...more]);
    const now = await readOf(phone);
    expect(now).toEqual(await readOf(laptop));
    expect(now.names).toEqual(['kept', 'new', 'late']);
    expect(ear.dataOf(NAMES_LIST)).toEqual([now.names]);
    expect(ear.dataOf(LIST)).toEqual([now.list]);
    const touched = ear
      .dataOf<{ groupName: string; conversationList: Conversation[] }>(MEMBERS)
      .map(({ groupName, conversationList }) => [groupName, ...idsOf(conversationList).sort()]);
    expect(touched.sort()).toEqual([['kept'], ['new', 'GROUPa', 'GROUPc']]);
    for (const { read } of ear.told) expect(await read).toEqual(now);
  }

  it('[DL4] [CG13] for more events than are kept: a snapshot, one event of each kind, no old message', async () => {
    const gone = noticed(phone);
    gate.shut();
    await gone;
    await say(bob, 'C2Cann', 'covered');
    await say(bob, 'GROUPa', 'covered');
    await editALot(KEPT_EVENTS);
    gate.open();
    await expect.poll(() => ear.names.length, { timeout: HEALED_MS }).toBeGreaterThan(0);
    await ear.heard();
    await toldOnce(TOTAL);
    expect(ear.dataOf(TOTAL)).toEqual([3]);
    ear.forget();
    await say(bob, 'C2Cann', 'after');
    await ear.heard();
    const [received] = ear.dataOf<AnyMessage[]>(RECEIVED);
    expect(received?.map(({ payload }) => (payload as { text: string }).text)).toEqual(['after']);
    const { data } = await phone.getMessageList({ conversationID: 'C2Cbob' });
    expect(data.messageList.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  }, 120_000);

  it('[DL4] for a group of more messages than the log keeps: its snapshot, one list, no old message', async () => {
    const gone = noticed(phone);
    gate.shut();
    await gone;
    const count = KEPT_EVENTS + 100;
    for (let done = 0; done < count; done += 50)
      await Promise.all(Array.from({ length: 50 }, (_, at) => say(bob, 'GROUPa', `${done + at}`)));
    gate.open();
    await expect.poll(() => ear.names.length, { timeout: HEALED_MS }).toBeGreaterThan(0);
    await ear.heard();
    expect(ear.names).toEqual([LIST, TOTAL]);
    expect(ear.dataOf(TOTAL)).toEqual([count + 1]);
    expect(await readOf(phone)).toEqual(await readOf(laptop));
  }, 120_000);

  it('[DL4] what the log still tells is told message by message, each once and in order', async () => {
    const gone = noticed(phone);
    gate.shut();
    await gone;
    for (let at = 1; at <= 20; at += 1) await say(bob, at % 2 ? 'GROUPa' : 'C2Cann', `${at}`);
    await laptop.renameConversationGroup({ oldName: 'kept', newName: 'still' });
    gate.open();
    await expect.poll(() => ear.names.length, { timeout: HEALED_MS }).toBeGreaterThan(0);
    await ear.heard();
    const texts = ear
      .dataOf<AnyMessage[]>(RECEIVED)
      .flat()
      .map(({ payload }) => Number((payload as { text: string }).text));
    const odd = texts.filter((text) => text % 2 === 1);
    const even = texts.filter((text) => text % 2 === 0);
    expect(odd).toEqual(Array.from({ length: 10 }, (_, at) => 2 * at + 1));
    expect(even).toEqual(Array.from({ length: 10 }, (_, at) => 2 * at + 2));
    expect(ear.names.filter((name) => name === NAMES_LIST)).toHaveLength(1);
    expect(await readOf(phone)).toEqual(await readOf(laptop));
  }, 120_000);

  it('[DL6] [DL4] a device that does not read is let go in the midst of edits, and healed after', async () => {
    const states: string[] = [];
    phone.on(EVENT.NET_STATE_CHANGE, ({ data }: { data: { state: string } }) => states.push(data.state));
    const sessions = () =>
      [...muster.server().app.sessions.all()].filter(({ userID }) => userID === 'ann').length;
    expect(sessions()).toBe(2);
    gate.hold();
    const large = 'x'.repeat(11 * 1_024);
    const flood = async () => {
      for (let done = 0; done < 600; done += 50)
        await Promise.all(Array.from({ length: 50 }, () => say(bob, 'GROUPa', large)));
    };
    await Promise.all([flood(), editALot(KEPT_EVENTS)]);
    await expect.poll(sessions, { timeout: HEALED_MS }).toBe(1);
    expect(ear.names).toEqual([]);
    gate.cut();
    gate.open();
    await expect.poll(() => states.at(-1), { timeout: HEALED_MS }).toBe(TYPES.NET_STATE_CONNECTED);
    await expect.poll(() => ear.names.length, { timeout: HEALED_MS }).toBeGreaterThan(0);
    await ear.heard();
    await toldOnce(TOTAL);
  }, 180_000);
});
