/** The original SDK where most of its users run it: in a browser, with its own workers, through the door for it. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../setup/chromium.ts';
import { groupIDOf, withCast } from './cast.ts';
import { InBrowser, servePage } from './in-browser.ts';

const cast = withCast();
/** A socket that lives under a second is not replaced at once. */
const SOCKET_LIFE_MS = 1_200;

let browser: Browser;
let served: Awaited<ReturnType<typeof servePage>>;
let context: BrowserContext;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), servePage()]);
});
beforeEach(async () => {
  context = await browser.newContext();
  onTestFinished(() => context.close());
});
afterAll(async () => {
  await browser?.close();
  served?.close();
});

/** A page of the user; what it asked for and complained of is looked at when the test is over. */
async function inBrowser(userID: string): Promise<InBrowser> {
  const one = await InBrowser.login(userID, cast.server, { context, url: served.url });
  onTestFinished(() => {
    const own = [served.url, `blob:${served.url}`, cast.server.proxyServer];
    expect(one.requests.filter((request) => !own.some((start) => request.startsWith(start)))).toEqual([]);
    expect(one.complaints).toEqual([]);
  });
  return one;
}

const isCounter = (key: string, value: number) => (data: { key: string; value: number }) =>
  data.key === key && data.value === value;

it('[OS1][GC6][GC7][GC11] counters between a page and Node', async () => {
  const ann = await inBrowser(cast.userID('ann'));
  const bob = await cast.original('bob');
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  const set = await ann.call('setGroupCounters', { groupID, counters: { a: 0, b: 8 } });
  expect(set).toEqual({ code: 0, data: { counters: { a: 0, b: 8 } } });
  expect((await bob.call('increaseGroupCounter', { groupID, key: 'b', value: 2 })).data.counters).toEqual({
    b: 10,
  });
  expect((await ann.call('decreaseGroupCounter', { groupID, key: 'a', value: 3 })).data.counters).toEqual({
    a: -3,
  });
  for (const one of [ann, bob]) {
    await one.hears('GROUP_COUNTER_UPDATED', isCounter('b', 10));
    await one.hears('GROUP_COUNTER_UPDATED', isCounter('a', -3));
    expect((await one.call('getGroupCounters', { groupID })).data.counters).toEqual({ a: -3, b: 10 });
  }
  await expect(ann.call('setGroupCounters', { groupID, counters: { a: 1.5 } })).rejects.toMatchObject({
    code: 10_004,
  });
});

it('[CG5][CG9][CG10][CG11][CG13] conversation groups in two tabs of a user', async () => {
  const userID = cast.userID('ann');
  const ann = await inBrowser(userID);
  const ids = [groupIDOf('Public'), groupIDOf('Private')];
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID: ids[0] });
  await ann.call('createGroup', { type: 'Private', name: 'work', groupID: ids[1] });
  const [first = '', second = ''] = ids.map((groupID) => `GROUP${groupID}`);
  await ann.hears('CONVERSATION_LIST_UPDATED', (list) => list.length === 2);
  const other = await inBrowser(userID);
  await other.hears('CONVERSATION_LIST_UPDATED', (list) => list.length === 2);

  const create = { conversationIDList: [first], groupName: 'work' };
  expect((await ann.call('createConversationGroup', create)).data).toEqual({
    successConversationIDList: [first],
    failureConversationIDList: [],
  });
  await other.hears('CONVERSATION_GROUP_LIST_UPDATED', (names) => names.join() === 'work');
  await other.call('addConversationsToGroup', { conversationIDList: [second], groupName: 'work' });
  await ann.hears('CONVERSATION_IN_GROUP_UPDATED', ({ conversationList }) => conversationList.length === 2);
  await ann.call('renameConversationGroup', { oldName: 'work', newName: 'jobs' });
  await other.hears('CONVERSATION_GROUP_LIST_UPDATED', (names) => names.join() === 'jobs');
  await other.call('deleteConversationsFromGroup', { conversationIDList: [first], groupName: 'jobs' });
  await ann.hears('CONVERSATION_IN_GROUP_UPDATED', ({ conversationList }) => conversationList.length === 1);
  for (const one of [ann, other]) {
    const { conversationList } = (await one.call('getConversationList', { groupName: 'jobs' })).data;
    expect(conversationList.map(({ conversationID }: { conversationID: string }) => conversationID)).toEqual([
      second,
    ]);
  }
  await ann.call('deleteConversationGroup', 'jobs');
  await other.hears('CONVERSATION_GROUP_LIST_UPDATED', (names) => names.length === 0);
});

it('[OS2][OS5][DL2][DL7] a page whose connection is cut after a commit counts once and goes on', async () => {
  const ann = await inBrowser(cast.userID('ann'));
  const groupID = groupIDOf('AVChatRoom');
  await ann.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
  await ann.call('joinGroup', { groupID });
  await new Promise((resolve) => setTimeout(resolve, SOCKET_LIFE_MS));
  cast.server.faults.cutAfterCommit(1);
  const increased = await ann.call('increaseGroupCounter', { groupID, key: 'likes', value: 1 });
  expect([increased.data.counters, cast.server.faults.cuts]).toEqual([{ likes: 1 }, 1]);
  const bob = await cast.original('bob');
  await bob.call('joinGroup', { groupID });
  await bob.call('increaseGroupCounter', { groupID, key: 'likes', value: 1 });
  await ann.hears('GROUP_COUNTER_UPDATED', isCounter('likes', 2));
  expect(ann.all('KICKED_OUT')).toEqual([]);
});
