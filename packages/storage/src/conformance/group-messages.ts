import { accept, emptyProfile, type GroupState, groupChat, refuse } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { createGroup, endGroup, loginDevice, replyOf, START } from './fixtures.ts';
import { change } from './groups.ts';
import { messageRecord, page, sayAll, sendToGroup } from './message-deciders.ts';
import type { Subject } from './subject.ts';

const CHAT = groupChat('g');

/** What is said in a group: one message, numbered by the group, told in the group's log alone. */
export function groupMessages(subject: Subject): void {
  it('[MS2][DL4] keeps the message, the numbers of group and sender, and the event together', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await sendToGroup(storage, 'g', { from: 'owner', excludedFromUnreadCount: true });
    const outcome = await sendToGroup(storage, 'g', { from: 'bob', atUserList: ['owner'] });
    const message = messageRecord({
      conversationType: 'GROUP',
      from: 'bob',
      to: 'g',
      sequence: 2,
      atUserList: ['owner'],
    });
    const event = { name: 'messageSent', conversationID: 'GROUPg', message };
    expect(outcome.ok && outcome.events).toEqual([{ scope: 'group:g', seq: 2, event }]);
    const { group, members } = await storage.groups.read('g', ['owner', 'bob']);
    expect(group).toMatchObject({ messageSeq: 2, messagesCounted: 1, firstMessageSeq: 0, seq: 2 });
    expect([members.get('owner')?.ownCounted, members.get('bob')?.ownCounted]).toEqual([0, 1]);
    const [newest] = await storage.conversations.messages({ chat: CHAT, userID: 'bob', after: 0, count: 1 });
    expect(newest).toEqual(message);
  });

  it('[MS2] 200 at once: consecutive sequences, in the order of the log', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    const users = ['owner', 'bob', 'eve', 'tom'];
    await createGroup(storage, 'g', users);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) => sendToGroup(storage, 'g', { from: users[at % 4] ?? 'owner' })),
    );
    const numbers = Array.from({ length: 200 }, (_, at) => at + 1);
    expect(outcomes.map(replyOf).sort((a, b) => a - b)).toEqual(numbers);
    expect(await told(storage)).toEqual(numbers);
    const { group, members } = await storage.groups.read('g', ['tom']);
    expect([group?.messagesCounted, members.get('tom')?.ownCounted]).toEqual([200, 50]);
    expect(await page(storage, CHAT, { count: 500 })).toEqual(numbers.toReversed());
  });

  it('[DL2] a message sent again is answered from its record, once; a refused one leaves nothing', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const device = await loginDevice(storage, 'owner');
    expect(await sendToGroup(storage, 'g', { from: 'stranger' }, device.at(1))).toMatchObject({ ok: false });
    expect([await page(storage, CHAT), await told(storage)]).toEqual([[], []]);
    const first = await sendToGroup(storage, 'g', { from: 'owner' }, device.at(1));
    const again = await sendToGroup(storage, 'g', { from: 'owner' }, device.at(1));
    expect(first).toMatchObject({ ok: true, repeated: false, reply: 1 });
    expect(again).toEqual({ ok: true, repeated: true, reply: 1, events: [] });
    expect([await page(storage, CHAT), await told(storage)]).toEqual([[1], [1]]);
  });

  it('[MS1][US9] shows a rule the messages and the profiles that it asks for', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await createGroup(storage, 'h', ['owner']);
    await sayAll(storage, 'g', [{ from: 'owner' }, { from: 'bob' }, { from: 'owner' }]);
    await sayAll(storage, 'h', [{ from: 'owner' }]);
    await loginDevice(storage, 'bob');
    const profile = { ...emptyProfile('bob'), nick: 'Böb\u0000' };
    await storage.users.update({ userID: 'bob', now: START, decide: () => accept({ profile }, null) });
    const asked = await shown(storage, { messages: [3, 9, 2, 2], profiles: true });
    expect([...(asked.messages ?? [])].sort(([a], [b]) => a - b)).toEqual(
      [2, 3].map((sequence) => [
        sequence,
        {
          chat: CHAT,
          message: messageRecord({
            conversationType: 'GROUP',
            to: 'g',
            from: sequence === 2 ? 'bob' : 'owner',
            sequence,
          }),
        },
      ]),
    );
    expect(asked.profiles).toEqual(new Map([['bob', profile]]));
    const unasked = await shown(storage, {});
    expect([unasked.messages, unasked.profiles]).toEqual([undefined, undefined]);
    expect((await shown(storage, { messages: [] })).messages).toEqual(new Map());
  });

  it('[MS5] a message takes the place of its older form', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await sayAll(storage, 'g', [{ from: 'owner', atUserList: ['bob'] }, { from: 'owner' }]);
    const message = messageRecord({
      conversationType: 'GROUP',
      to: 'g',
      from: 'owner',
      atUserList: ['bob'],
      isModified: true,
      payload: { text: 'better' },
    });
    await change(storage, 'g', { message: { chat: CHAT, message } });
    const history = await storage.conversations.messages({ chat: CHAT, userID: 'bob', after: 0, count: 9 });
    expect([history[1], history.length]).toEqual([message, 2]);
    const [row] = await storage.conversations.read('bob', ['GROUPg']);
    expect(row?.mentions).toEqual([{ sequence: 1, from: 'owner', isAll: false }]);
  });

  it.each([false, true])(
    '[GR3][GR4] what was said before a group ended is gone, its numbers go on (maintained between: %s)',
    async (maintained) => {
      const { storage } = await subject.open();
      await createGroup(storage, 'g', ['owner', 'bob']);
      await sayAll(storage, 'g', [{ from: 'owner', atUserList: ['bob'] }, { from: 'bob' }]);
      await endGroup(storage, 'g');
      expect([await page(storage, CHAT), (await shown(storage, { messages: [1, 2] })).messages]).toEqual([
        [],
        new Map(),
      ]);
      if (maintained) await storage.maintain(START + 10);
      await createGroup(storage, 'g', ['bob', 'eve']);
      const { group, members } = await storage.groups.read('g', ['bob']);
      expect(group).toMatchObject({ messageSeq: 2, messagesCounted: 2, firstMessageSeq: 2 });
      expect(members.get('bob')).toMatchObject({ joinSequence: 2, joinCounted: 2, ownCounted: 0 });
      await sayAll(storage, 'g', [{ from: 'eve' }]);
      if (!maintained) await storage.maintain(START + 10);
      expect(await page(storage, CHAT)).toEqual([3]);
      expect([...((await shown(storage, { messages: [1, 2, 3] })).messages?.keys() ?? [])]).toEqual([3]);
      const [row] = await storage.conversations.read('bob', ['GROUPg']);
      expect([row?.lastMessage?.sequence, row?.mentions]).toEqual([3, []]);
    },
  );
}

async function shown(
  storage: Storage,
  asked: { messages?: readonly number[]; profiles?: boolean },
): Promise<GroupState> {
  let state: GroupState | undefined;
  await storage.groups.update({
    groupID: 'g',
    userIDs: ['owner', 'bob'],
    ...asked,
    now: START,
    decide: (seen) => {
      state = seen;
      return refuse('BAD_ARGUMENT_VALUE');
    },
  });
  if (!state) throw new Error('The rule was not asked.');
  return state;
}

/** The sequences of the messages that the group's log tells of, in its order. */
async function told(storage: Storage): Promise<number[]> {
  const position = { epoch: storage.epoch, seq: 0 };
  const [read] = await storage.log.read([{ scope: 'group:g', position }], 1_000);
  return (read?.events ?? []).flatMap(({ event }) => {
    return event.name === 'messageSent' ? [event.message.sequence] : [];
  });
}
