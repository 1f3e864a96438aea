import { accept, type ConversationGroupChanges, refuse } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Operation, Outcome, Storage } from '../port.ts';
import { createGroup, endGroup, loginDevice, removeMember, replyOf, START } from './fixtures.ts';
import { joinGroup, shownTo } from './message-deciders.ts';
import type { Subject } from './subject.ts';

/** A user's conversation groups: his alone, with ids that are never given twice. */
export function conversationGroups(subject: Subject): void {
  it('[CG10] keeps them in the order of their ids, members in the order of their adding', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    await edit(storage, {
      put: { id: 1, name: 'Ä "b" \u{1f600}' },
      added: { id: 1, members: some('z', 'a') },
    });
    await edit(storage, { put: { id: 2, name: 'B' } });
    await edit(storage, { added: { id: 1, members: some('m', 'b', 'y') } });
    await edit(storage, { added: { id: 2, members: some('a') } });
    await edit(storage, { removed: { id: 1, conversationIDList: ['C2Cm', 'C2Cunknown'] } });
    await edit(storage, { put: { id: 1, name: 'A' } });
    await edit(storage, { added: { id: 1, members: some('m') } });
    expect(await listed(storage)).toEqual(['1 A: C2Cz C2Ca C2Cb C2Cy C2Cm', '2 B: C2Ca']);
    const { conversationGroups = [] } = await shownTo(storage, asked);
    expect(conversationGroups).toEqual((await mirror(storage)).conversationGroups);
    expect(conversationGroups[1]).toEqual({
      id: 2,
      name: 'B',
      members: [{ conversationID: 'C2Ca', generation: 0 }],
    });
  });

  it('[CG3] never gives an id twice, also after the last one was deleted', async () => {
    const opened = await subject.open();
    let { storage } = opened;
    await begin(storage);
    const last = async () => (await shownTo(storage, asked)).lastConversationGroupID;
    expect(await last()).toBe(0);
    await edit(storage, { put: { id: 1, name: 'A' } });
    await edit(storage, { put: { id: 2, name: 'B' } });
    await edit(storage, { put: { id: 1, name: 'C' } });
    expect(await last()).toBe(2);
    await edit(storage, { deleted: { id: 2, name: 'B' } });
    await edit(storage, { deleted: { id: 1, name: 'C' } });
    expect([await last(), await listed(storage)]).toEqual([2, []]);
    await storage.maintain(START + 10);
    storage = await opened.reopen();
    if (!subject.differs('volatile')) expect(await last()).toBe(2);
  });

  it('[CG3] remembers the last 100 that were deleted, the oldest first', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    await begin(storage);
    for (let id = 1; id <= 103; id += 1) await edit(storage, { put: { id, name: `n${id % 7}` } });
    await edit(storage, { added: { id: 103, members: some('a') } });
    const deleted = [103, ...Array.from({ length: 101 }, (_, at) => at + 1)];
    for (const id of deleted) await edit(storage, { deleted: { id, name: `n${id % 7}` } });
    const remembered = deleted.slice(2).map((id) => ({ id, name: `n${id % 7}` }));
    expect((await mirror(storage)).deletedConversationGroups).toEqual(remembered);
    expect(await listed(storage)).toEqual(['102 n4: ']);
  });

  it('[CG8][SE3] they belong to one user, and a conversation may be in several', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    await loginDevice(storage, 'bob');
    await edit(storage, { put: { id: 1, name: 'A' }, added: { id: 1, members: some('x') } });
    await edit(storage, { put: { id: 2, name: 'B' }, added: { id: 2, members: some('x') } });
    await edit(storage, { put: { id: 1, name: 'C' } }, { userID: 'bob' });
    await edit(storage, { removed: { id: 1, conversationIDList: ['C2Cx'] } });
    await edit(storage, { deleted: { id: 1, name: 'C' } }, { userID: 'bob' });
    expect([await listed(storage), await listed(storage, 'bob')]).toEqual([['1 A: ', '2 B: C2Cx'], []]);
    const both = { userIDs: ['bob', 'alice'], conversations: [], conversationGroups: true };
    expect(await shownTo(storage, both)).toMatchObject({
      conversationGroups: [],
      lastConversationGroupID: 1,
    });
    expect(
      (await shownTo(storage, { ...asked, conversationGroups: false })).conversationGroups,
    ).toBeUndefined();
  });

  it('[CG16] 200 at once: every one is made, each with an id of its own', { timeout: 60_000 }, async () => {
    const { storage } = await subject.open();
    const device = await begin(storage);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        storage.conversations.update({
          ...asked,
          ...(at < 50 && { operation: device.at(at + 1) }),
          now: START,
          decide: ({ conversationGroups = [], lastConversationGroupID = 0 }) => {
            const id = lastConversationGroupID + 1;
            if (conversationGroups.length !== id - 1) throw new Error('Somebody was overlooked.');
            const put = { id, name: `n${at}` };
            const created = { conversationGroupID: id, groupName: put.name, conversationIDList: [] };
            const event = { name: 'conversationGroupCreated' as const, conversationGroup: created };
            return accept({ conversationGroups: { put } }, id, [{ scope: 'user:alice', event }]);
          },
        }),
      ),
    );
    const numbers = Array.from({ length: 200 }, (_, at) => at + 1);
    expect(outcomes.map(replyOf).sort((a, b) => a - b)).toEqual(numbers);
    expect((await mirror(storage)).conversationGroups.map(({ id }) => id)).toEqual(numbers);
    const position = { epoch: storage.epoch, seq: 0 };
    const [log] = await storage.log.read([{ scope: 'user:alice', position }], 300);
    const told = log?.events?.map(({ seq, event }) => {
      return event.name === 'conversationGroupCreated' && event.conversationGroup.conversationGroupID === seq;
    });
    expect(told).toEqual(numbers.map(() => true));
  });

  it('[DL2] an edit sent again is answered from its record; a refused one leaves nothing', async () => {
    const { storage } = await subject.open();
    const device = await begin(storage);
    const refused = await storage.conversations.update({
      ...asked,
      operation: device.at(1),
      now: START,
      decide: () => refuse('BAD_ARGUMENT_VALUE', 'no'),
    });
    expect(refused).toEqual({ ok: false, error: 'BAD_ARGUMENT_VALUE', message: 'no' });
    const put = { put: { id: 1, name: 'A' } };
    expect(await edit(storage, put, { operation: device.at(1) })).toMatchObject({ repeated: false });
    await edit(storage, { deleted: { id: 1, name: 'A' } });
    const again = await edit(storage, put, { operation: device.at(1) });
    expect(again).toEqual({ ok: true, repeated: true, reply: 'edited', events: [] });
    expect(await listed(storage)).toEqual([]);
  });

  it('[CG15] leaving a group takes its conversation out of all, and joining again puts it in none', async () => {
    const { storage } = await subject.open();
    await begin(storage);
    await createGroup(storage, 'g', ['owner', 'alice', 'bob']);
    await loginDevice(storage, 'bob');
    for (const userID of ['alice', 'bob']) {
      const members = [ofGroup('g'), ...some('x')];
      await edit(storage, { put: { id: 1, name: 'A' }, added: { id: 1, members } }, { userID });
    }
    await edit(storage, { put: { id: 2, name: 'B' }, added: { id: 2, members: [ofGroup('g')] } });
    await removeMember(storage, 'g', 'alice');
    expect(await listed(storage)).toEqual(['1 A: C2Cx', '2 B: ']);
    await joinGroup(storage, 'g', 'alice');
    expect(await listed(storage)).toEqual(['1 A: C2Cx', '2 B: ']);
    expect(await listed(storage, 'bob')).toEqual(['1 A: GROUPg C2Cx']);
  });

  it.each([false, true])(
    '[CG15][GR4] the end of a group takes its conversation out of all of them (maintained between: %s)',
    async (maintained) => {
      const { storage } = await subject.open();
      await begin(storage);
      for (const groupID of ['g', 'h']) await createGroup(storage, groupID, ['owner', 'alice']);
      const members = [ofGroup('g'), ...some('x'), ofGroup('h')];
      await edit(storage, { put: { id: 1, name: 'A' }, added: { id: 1, members } });
      await endGroup(storage, 'g');
      expect(await listed(storage)).toEqual(['1 A: C2Cx GROUPh']);
      if (maintained) await storage.maintain(START + 10);
      await createGroup(storage, 'g', ['owner', 'alice']);
      const { conversationGroups } = await shownTo(storage, asked);
      expect(conversationGroups?.[0]?.members).toEqual([...some('x'), ofGroup('h')]);
      await edit(storage, { added: { id: 1, members: [ofGroup('g', 2)] } });
      if (!maintained) await storage.maintain(START + 10);
      expect(await listed(storage)).toEqual(['1 A: C2Cx GROUPh GROUPg']);
    },
  );

  it('[DL1] has them after it was opened again', async () => {
    const opened = await subject.open();
    await begin(opened.storage);
    await edit(opened.storage, { put: { id: 1, name: 'A' }, added: { id: 1, members: some('z', 'a') } });
    await edit(opened.storage, { put: { id: 2, name: 'B' } });
    await edit(opened.storage, { deleted: { id: 2, name: 'B' } });
    await createGroup(opened.storage, 'ended', ['owner', 'alice']);
    await edit(opened.storage, { added: { id: 1, members: [ofGroup('ended'), ...some('m')] } });
    await endGroup(opened.storage, 'ended');
    const before = await mirror(opened.storage);
    expect(await listed(opened.storage)).toEqual(['1 A: C2Cz C2Ca C2Cm']);
    const storage = await opened.reopen();
    if (subject.differs('volatile')) expect(await storage.conversations.mirror('alice')).toBeUndefined();
    else expect(await storage.conversations.mirror('alice')).toEqual(before);
  });
}

const asked = { userIDs: ['alice'], conversations: [], conversationGroups: true };

const some = (...userIDs: string[]) => {
  return userIDs.map((userID) => ({ conversationID: `C2C${userID}`, generation: 0 }));
};

const ofGroup = (groupID: string, generation = 1) => ({ conversationID: `GROUP${groupID}`, generation });

const begin = (storage: Storage) => loginDevice(storage, 'alice');

async function edit(
  storage: Storage,
  changes: ConversationGroupChanges,
  { userID = 'alice', operation }: { userID?: string; operation?: Operation } = {},
): Promise<Outcome<string>> {
  const outcome = await storage.conversations.update({
    userIDs: [userID],
    conversations: [],
    ...(operation && { operation }),
    now: START,
    decide: () => accept({ conversationGroups: changes }, 'edited'),
  });
  replyOf(outcome);
  return outcome;
}

async function mirror(storage: Storage, userID = 'alice') {
  const found = await storage.conversations.mirror(userID);
  if (!found) throw new Error(`${userID} has never logged in.`);
  return found;
}

/** Each as `id name: members`. */
async function listed(storage: Storage, userID?: string): Promise<string[]> {
  const { conversationGroups } = await mirror(storage, userID);
  return conversationGroups.map(({ id, name, members }) => {
    return `${id} ${name}: ${members.map(({ conversationID }) => conversationID).join(' ')}`;
  });
}
