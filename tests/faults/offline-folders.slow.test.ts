/** Edits of conversation groups while the connection is gone, or goes at the wrong moment (DL1 to DL3, DL7, CG16). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ear, LIST, listOf, MEMBERS, NAMES_LIST, RECEIVED, readOf, say } from '../agree/ear.ts';
import { done, type Edits, editsBy, named } from '../agree/edits.ts';
import { freshDatabase } from '../setup/database.ts';
import { Gate, noticed } from '../setup/gate.ts';

const { TYPES } = MusterChat;
/** A device waits longer from one attempt to the next, up to 30 s. */
const BACK_MS = 45_000;

const ENGINES: [string, (folder: string) => Promise<string>][] = [
  ['SQLite', async (folder) => `sqlite:${join(folder, 'muster.db')}`],
  ['PostgreSQL', async () => (await freshDatabase()).url],
];

interface LostEdit {
  name: string;
  edit(edits: Edits, a: string, b: string): Promise<unknown>;
  answer(a: string, b: string): unknown;
  told: string[];
}

/** Of a user who has a conversation group 'work' with the conversation `a`. */
const LOST: LostEdit[] = [
  {
    name: 'create',
    edit: ({ create }, _a, b) => create('new', [b]),
    answer: (_a, b) => done(b),
    told: [NAMES_LIST, LIST],
  },
  {
    name: 'rename',
    edit: ({ rename }) => rename('work', 'play'),
    answer: () => named('play'),
    told: [NAMES_LIST, LIST],
  },
  {
    name: 'add',
    edit: ({ add }, _a, b) => add('work', [b, 'junk']),
    answer: (_a, b) => ({
      code: 0,
      data: {
        successConversationIDList: [b],
        failureConversationIDList: [expect.objectContaining({ conversationID: 'junk', code: 2503 })],
      },
    }),
    told: [NAMES_LIST, LIST, MEMBERS],
  },
  {
    name: 'remove',
    edit: ({ remove }, a) => remove('work', [a]),
    answer: (a) => done(a),
    told: [NAMES_LIST, LIST, MEMBERS],
  },
  {
    name: 'delete',
    edit: ({ drop }) => drop('work'),
    answer: () => named('work'),
    told: [NAMES_LIST, LIST],
  },
];

/** The outcomes of calls by their names, a refusal as its code, and which have ended so far. */
function ends(calls: Record<string, Promise<unknown>>) {
  const order: string[] = [];
  const outcomes = Object.entries(calls).map(async ([name, call]) => {
    const outcome = await call.catch((error: { code: number }) => error.code);
    order.push(name);
    return [name, outcome];
  });
  return { order, all: Promise.all(outcomes).then((list) => Object.fromEntries(list)) };
}

describe.each(ENGINES)('conversation groups and broken connections on %s', (_engine, addressIn) => {
  let folder: string;
  let storage: string;
  let muster: Muster;
  let gate: Gate;
  let round = 0;
  let user: string;
  /** Its connection goes through the gate. */
  let phone: ChatSDK;
  let laptop: ChatSDK;
  let bob: ChatSDK;
  let a: string;
  let b: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-offline-'));
    storage = await addressIn(folder);
    muster = await startMuster({ storage, tickMs: 30 });
    gate = await Gate.to(muster.port);
    bob = await muster.login('bob');
  });
  afterAll(async () => {
    await Promise.all([phone, laptop, bob].map((device) => device.destroy()));
    await gate.close();
    await muster.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    round += 1;
    user = `ann${round}`;
    await Promise.all([phone?.destroy(), laptop?.destroy()]);
    phone = await gate.login(muster, user);
    laptop = await muster.login(user);
    [a, b] = [`GROUPa${round}`, `GROUPb${round}`];
    for (const groupID of [`a${round}`, `b${round}`])
      await phone.createGroup({ type: TYPES.GRP_WORK, groupID, name: groupID });
    await heard(phone, laptop);
  });

  const heard = (...devices: ChatSDK[]) => Promise.all(devices.map((device) => new Ear(device).heard()));

  const edits = editsBy(() => phone);
  const { create, add, remove, rename } = edits;
  const groupsOf = async (device: ChatSDK) =>
    (await device.getConversationGroups()).data.map((group) => [
      group.conversationGroupID,
      group.groupName,
      ...group.conversationIDList,
    ]);

  async function disconnect(): Promise<void> {
    const gone = noticed(phone);
    gate.shut();
    await gone;
  }

  it(
    '[DL7] edits made while disconnected go out in order after the reconnect, and end by the rules',
    async () => {
      await disconnect();
      const calls = ends({
        create: create('work', [a]),
        add: add('work', [b, 'junk']),
        rename: rename('work', 'play'),
        again: create('work'),
        taken: create('play'),
        absent: phone.deleteConversationGroup('absent'),
        remove: remove('play', [a]),
        pin: phone.pinConversation({ conversationID: b, isPinned: true }),
        message: say(phone, b, 'late'),
      });
      expect(await groupsOf(phone)).toEqual([]);
      expect(calls.order).toEqual([]);
      gate.open();
      const outcomes = await calls.all;
      expect(outcomes).toMatchObject({
        create: done(a),
        add: { data: { successConversationIDList: [b], failureConversationIDList: [{ code: 2503 }] } },
        rename: { data: { groupName: 'play' } },
        again: done(),
        taken: 52001,
        absent: 51009,
        remove: done(a),
        pin: { data: { conversationID: b } },
        message: { status: 'success', sequence: 1 },
      });
      await heard(laptop);
      expect(await groupsOf(laptop)).toEqual([
        [1, 'play', b],
        [2, 'work'],
      ]);
      expect(await readOf(laptop)).toEqual(await readOf(phone));
    },
    BACK_MS,
  );

  it(
    '[CG16] an edit that waited means the conversation group it was made for, not one of its name',
    async () => {
      for (const name of ['renamed', 'deleted']) await create(name);
      await disconnect();
      const calls = ends({ renamed: add('renamed', [a]), deleted: add('deleted', [a]) });
      await heard(laptop);
      await rename('renamed', 'new', laptop);
      for (const name of ['renamed', 'deleted']) {
        if (name === 'deleted') await laptop.deleteConversationGroup(name);
        await create(name, [], laptop);
      }
      gate.open();
      expect(await calls.all).toEqual({ renamed: done(a), deleted: 51009 });
      await heard(laptop);
      for (const device of [phone, laptop])
        expect(await groupsOf(device)).toEqual([
          [1, 'new', a],
          [3, 'renamed'],
          [4, 'deleted'],
        ]);
    },
    BACK_MS,
  );

  it('[DL7] what waited 15 s rejects 2801 with sent: false, and is never sent', async () => {
    await create('work', [a]);
    await disconnect();
    const message = phone.createTextMessage({
      to: 'bob',
      conversationType: TYPES.CONV_C2C,
      payload: { text: 'never' },
    });
    const began = performance.now();
    const refusals = await Promise.all(
      [
        create('never'),
        add('work', [b]),
        rename('work', 'never'),
        phone.deleteConversationGroup('work'),
        phone.sendMessage(message),
      ].map((call) => call.catch((error: unknown) => error)),
    );
    expect(performance.now() - began).toBeGreaterThan(14_900);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 2801, name: 'NO_CONNECTION', data: { sent: false } });
    expect(message.status).toBe('fail');
    expect(await groupsOf(phone)).toEqual([[1, 'work', a]]);
    gate.open();
    const names = () => phone.createConversationGroup({ groupName: 'after', conversationIDList: [] });
    // A call waits for 15 s, the next attempt to connect may come later.
    await expect.poll(() => names().catch(({ code }) => code), { timeout: BACK_MS }).toSatisfy(isMade);
    await heard(phone, laptop, bob);
    for (const device of [phone, laptop])
      expect(await groupsOf(device)).toEqual([
        [1, 'work', a],
        [2, 'after'],
      ]);
    expect(await listOf(bob, [`C2C${user}`])).toEqual([]);
  }, 100_000);

  /** It was made now, or by the call before whose answer came too late for its caller. */
  const isMade = (outcome: unknown) => outcome === 52001 || (outcome as { code?: number }).code === 0;

  it.each(LOST)(
    '[DL3] $name whose answer is lost is done once, told once, and answered',
    async ({ edit, answer, told }) => {
      await create('work', [a]);
      await heard(phone, laptop);
      const ears = [new Ear(phone), new Ear(laptop)];
      const before = muster.faults.cuts;
      muster.faults.cutAfterCommit(1);
      expect(await edit(edits, a, b)).toEqual(answer(a, b));
      expect(muster.faults.cuts).toBe(before + 1);
      for (const ear of ears) {
        await ear.heard();
        expect(ear.names).toEqual(told);
      }
      expect(await readOf(laptop)).toEqual(await readOf(phone));
      expect(await readOf(await muster.login(user))).toEqual(await readOf(phone));
    },
    BACK_MS,
  );

  it(
    '[DL3] [MS2] a message whose answer is lost is stored once, and its sender is not told of it',
    async () => {
      const [here, there, atBob] = [new Ear(phone), new Ear(laptop), new Ear(bob)];
      const before = muster.faults.cuts;
      muster.faults.cutAfterCommit(1);
      const message = await say(phone, 'C2Cbob', 'once');
      expect(message).toMatchObject({ status: 'success', sequence: 1 });
      expect(muster.faults.cuts).toBe(before + 1);
      const second = await say(phone, 'C2Cbob', 'twice');
      for (const ear of [here, there, atBob]) await ear.heard();
      const texts = (ear: Ear) =>
        ear
          .dataOf<{ payload: { text: string } }[]>(RECEIVED)
          .flatMap((list) => list.map(({ payload }) => payload.text));
      expect([texts(here), texts(there), texts(atBob)]).toEqual([[], ['once', 'twice'], ['once', 'twice']]);
      const { data } = await phone.getMessageList({ conversationID: 'C2Cbob' });
      expect(data.messageList.map(({ ID, sequence }) => [ID, sequence])).toEqual([
        [message.ID, 1],
        [second.ID, 2],
      ]);
      expect((await listOf(phone, ['C2Cbob']))[0]?.unreadCount).toBe(0);
    },
    BACK_MS,
  );

  it.each(LOST)(
    '[DL1] [DL2] $name is answered after a restart of the server between commit and answer',
    async ({ edit, answer }) => {
      await create('work', [a]);
      const before = muster.faults.cuts;
      muster.faults.cutAfterCommit(1);
      const calling = edit(edits, a, b);
      await expect.poll(() => muster.faults.cuts, { interval: 1 }).toBe(before + 1);
      await restart();
      expect(await calling).toEqual(answer(a, b));
      const fresh = await muster.login(user);
      expect(await readOf(fresh)).toEqual(await readOf(phone));
    },
    BACK_MS,
  );

  async function restart(): Promise<void> {
    const { SDKAppID, secretKey, port } = muster;
    gate.shut();
    await muster.server().close();
    muster = await startMuster({ storage, tickMs: 30, SDKAppID, secretKey, port });
    gate.open();
  }
});
