/** The original SDK where most of its users run it: in a browser, with its own workers, through the door for it. */
import type { Muster } from '@muster/server/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restOK } from '../rest/rest-client.ts';
import { launchChromium } from '../setup/chromium.ts';
import { groupIDOf, withCast } from './cast.ts';
import { conversationGroupStories } from './conversation-groups-suite.ts';
import { groupCounterStories } from './group-counters-suite.ts';
import { InBrowser, servePage } from './in-browser.ts';
import { restartStory } from './restart-suite.ts';

/** A socket that lives under a second is not replaced at once. */
const SOCKET_LIFE_MS = 1_200;

let browser: Browser;
let served: Awaited<ReturnType<typeof servePage>>;
/** Of one browser that all share, as tabs do. */
let context: BrowserContext;
const pages: InBrowser[] = [];

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), servePage()]);
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  served?.close();
});

async function login(userID: string, server: Muster): Promise<InBrowser> {
  const page = await InBrowser.login(userID, server, { context, url: served.url });
  pages.push(page);
  return page;
}

groupCounterStories({ name: 'Chromium', login });
conversationGroupStories({ name: 'Chromium', login });
// A page of its own: it complains of the connection that is refused meanwhile.
restartStory({
  name: 'Chromium',
  login: (userID, server) => InBrowser.login(userID, server, { context, url: served.url }),
});

describe('a page among others', () => {
  const cast = withCast();
  const inBrowser = (userID: string) => login(userID, cast.server);
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

  it('[OS3][US11] a page is told that an administrator has ended its login', async () => {
    const ann = await inBrowser(cast.userID('ann'));
    await restOK(cast.server, 'im_open_login_svc/kick', { UserID: ann.userID });
    expect(await ann.hears('KICKED_OUT')).toMatchObject({ type: 'REST_API_Kick' });
    await expect(ann.call('getGroupCounters', { groupID: 'any' })).rejects.toMatchObject({ code: 3_006 });
  });

  it('[US7] a page logs out', async () => {
    const ann = await inBrowser(cast.userID('ann'));
    expect(await ann.call('logout')).toMatchObject({ code: 0 });
    await ann.hears('SDK_NOT_READY');
    await expect(ann.call('getGroupList')).rejects.toMatchObject({ code: 3_005 });
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
});

it('no page asked anybody else for anything, or complained', () => {
  const own = /^(blob:)?(http|ws):\/\/127\.0\.0\.1:/;
  expect(pages.flatMap(({ requests }) => requests).filter((request) => !own.test(request))).toEqual([]);
  expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
});
