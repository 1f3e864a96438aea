/** Ten thousand messages to one user over two hundred conversations, while she edits conversation groups. */
import MusterChat, { type AnyMessage, type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { seededRandom } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MESSAGES = 10_000;
const CONVERSATIONS = 200;
const SENDERS_AT_ONCE = 32;
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const random = seededRandom(7);
const pick = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item;

/** Odd ones are with other people, even ones are groups. */
const ids = Array.from({ length: CONVERSATIONS }, (_, at) => (at % 2 === 0 ? `GROUPg${at}` : `C2Cp${at}`));
const sent = new Map(ids.map((id) => [id, 0]));
const received: Map<string, number[]>[] = [new Map(), new Map()];
let muster: Muster;
let devices: ChatSDK[];

beforeAll(async () => {
  muster = await startMuster();
  devices = [await muster.login('ann'), await muster.login('ann')];
  for (const [at, device] of devices.entries()) {
    device.on(MusterChat.EVENT.MESSAGE_RECEIVED, ({ data }) => note(received[at] ?? new Map(), data));
  }
  await eachOf(ids, async (id, at) => {
    if (at % 2 === 1) return post(`p${at}`, 'getGroupList', {});
    const group = { type: 'Public', groupID: id.slice('GROUP'.length), name: id, joinOption: 'FreeAccess' };
    await post('ann', 'createGroup', group);
    return post(`p${at + 1}`, 'joinGroup', { groupID: group.groupID });
  });
  let isOver = false;
  const editing = devices.map(async (device) => {
    while (!isOver) await edit(device);
  });
  const turns = Array.from({ length: MESSAGES }, () => random.below(CONVERSATIONS));
  await eachOf(turns, async (turn, at) => {
    const id = ids[turn] ?? '';
    const conversationID = id.startsWith('GROUP') ? id : 'C2Cann';
    const message = { type: 'TIMTextElem', payload: { text: `message ${at}` }, random: at, clientTime: 1 };
    await post(`p${turn | 1}`, 'sendMessage', { conversationID, ...message });
    sent.set(id, (sent.get(id) ?? 0) + 1);
  });
  isOver = true;
  await Promise.all(editing);
}, 120_000);

afterAll(async () => {
  await Promise.all(devices.map((device) => device.destroy()));
  await muster.close();
});

function note(all: Map<string, number[]>, messages: AnyMessage[]): void {
  for (const { conversationID, sequence, type } of messages) {
    if (type === MusterChat.TYPES.MSG_GRP_TIP) continue;
    const sequences = all.get(conversationID) ?? [];
    all.set(conversationID, sequences);
    sequences.push(sequence);
  }
}

/** What one device does is refused when the other was first: that is part of it. */
async function edit(device: ChatSDK): Promise<void> {
  const groupName = pick(NAMES);
  const conversationIDList = [pick(ids), pick(ids), pick(ids)];
  const kind = random.below(10);
  const edits = {
    create: () => device.createConversationGroup({ groupName, conversationIDList }),
    rename: () => device.renameConversationGroup({ oldName: groupName, newName: pick(NAMES) }),
    delete: () => device.deleteConversationGroup(groupName),
    add: () => device.addConversationsToGroup({ groupName, conversationIDList }),
    remove: () => device.deleteConversationsFromGroup({ groupName, conversationIDList }),
  };
  const name = kind < 2 ? 'create' : kind < 3 ? 'rename' : kind < 4 ? 'delete' : kind < 8 ? 'add' : 'remove';
  await edits[name]().catch(({ code }) => expect([51009, 52001]).toContain(code));
}

async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      await work(items[at] as Item, at);
    }
  };
  await Promise.all(Array.from({ length: SENDERS_AT_ONCE }, worker));
}

async function post(userID: string, command: string, input: object): Promise<unknown> {
  const response = await fetch(`${muster.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${muster.userSig(userID)}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${command} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

describe.each([0, 1])('device %i', (at) => {
  const device = () => devices[at] as ChatSDK;
  const unreadOf = (id: string) => sent.get(id) ?? 0;

  it('[MS1] [MS6] has an exact count for every conversation, and the sum of them', async () => {
    await expect.poll(() => device().getTotalUnreadMessageCount(), { timeout: 20_000 }).toBe(MESSAGES);
    const { data } = await device().getConversationList();
    const counts = data.conversationList.map(({ conversationID, unreadCount }) => [
      conversationID,
      unreadCount,
    ]);
    const expected = ids.filter((id) => id.startsWith('GROUP') || unreadOf(id) > 0);
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(expected.map((id) => [id, unreadOf(id)])));
  });

  it('[CV1] has them in the order of a fresh login', async () => {
    const fresh = await muster.login('ann');
    const order = async (of: ChatSDK) =>
      (await of.getConversationList()).data.conversationList.map(({ conversationID }) => conversationID);
    expect(await order(device())).toEqual(await order(fresh));
    await fresh.destroy();
  });

  it('[MS2] [MS4] was told every message once, in the order of its conversation', () => {
    for (const [id, sequences] of received[at] ?? [])
      expect([id, sequences]).toEqual([id, Array.from({ length: unreadOf(id) }, (_, index) => index + 1)]);
    expect([...(received[at]?.values() ?? [])].flat()).toHaveLength(MESSAGES);
  });

  it('[CG16] [CG17] has the conversation groups of the server, with exact badges', async () => {
    const { data } = await device().getConversationGroups();
    const { conversationGroupList } = (await post('ann', 'getConversationGroups', {})) as {
      conversationGroupList: { groupName: string; conversationIDList: string[] }[];
    };
    expect(data.map(({ groupName, conversationIDList }) => [groupName, conversationIDList])).toEqual(
      conversationGroupList.map(({ groupName, conversationIDList }) => [groupName, conversationIDList]),
    );
    for (const { conversationIDList, unreadCount, unreadConversationCount } of data) {
      const counts = conversationIDList.map(unreadOf);
      expect(unreadCount).toBe(counts.reduce((sum, count) => sum + count, 0));
      expect(unreadConversationCount).toBe(counts.filter((count) => count > 0).length);
    }
  });
});
