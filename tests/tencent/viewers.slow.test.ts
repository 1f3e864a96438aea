/** Watching an AVChatRoom without a login, as the original SDK does it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMuster } from '@muster/server/testing';
import { afterEach, expect, it } from 'vitest';
import { groupIDOf, withCast } from './cast.ts';
import { Original } from './original.ts';

const cast = withCast({ config: { anonymousViewers: true } });
const closed = withCast();
/** A client that is refused tries again with its next request. */
const RETURN_MS = 30_000;
const viewers: Original[] = [];

afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.end();
});

async function stranger(server = cast.server): Promise<Original> {
  const original = await Original.create('', server);
  viewers.push(original);
  return original;
}

async function viewerOf(groupID: string, server = cast.server): Promise<Original> {
  const viewer = await stranger(server);
  expect((await viewer.call('joinGroup', { groupID })).data).toMatchObject({ status: 'JoinedSuccess' });
  return viewer;
}

/** A room with its owner in it. */
async function roomOf(on = cast): Promise<{ host: Original; groupID: string }> {
  const host = await on.original('host');
  const groupID = groupIDOf('AVChatRoom');
  await host.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
  await host.call('joinGroup', { groupID });
  return { host, groupID };
}

async function say(host: Original, groupID: string, text: string): Promise<void> {
  const body = { to: groupID, conversationType: 'GROUP', payload: { text } };
  const message = await host.call('createTextMessage', body);
  await host.call('sendMessage', { $message: message.ID });
}

type Message = {
  conversationType: string;
  payload: { text?: string; operationType?: number; userIDList?: string[] };
};
const received = (viewer: Original): Message[] => viewer.all('MESSAGE_RECEIVED').flat();
const textsOf = (viewer: Original) => received(viewer).flatMap(({ payload }) => payload.text ?? []);
const tipOf = (type: number) => (list: Message[]) =>
  list.some(({ payload }) => payload.operationType === type);

it('[SE3][OS9][MS3][MS4][GC11] a viewer gets messages in their order, tips and counters, from now on', async () => {
  const { host, groupID } = await roomOf();
  await host.call('setGroupCounters', { groupID, counters: { likes: 1, old: 7 } });
  await say(host, groupID, 'before');
  const viewer = await viewerOf(groupID);
  const texts = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  for (const text of texts) await say(host, groupID, text);
  await host.call('increaseGroupCounter', { groupID, key: 'likes', value: 2 });
  const guest = await cast.original('guest');
  await guest.call('joinGroup', { groupID });
  await host.call('updateGroupProfile', { groupID, notification: 'soon' });
  expect(await viewer.hears('GROUP_COUNTER_UPDATED')).toEqual({ groupID, key: 'likes', value: 3 });
  await viewer.hears('MESSAGE_RECEIVED', tipOf(1));
  await viewer.hears('MESSAGE_RECEIVED', tipOf(6));
  await viewer.until(() => textsOf(viewer).length >= texts.length, 'every message');
  expect(textsOf(viewer)).toEqual(texts);
  expect(viewer.all('GROUP_COUNTER_UPDATED')).toHaveLength(1);
  expect(cast.server.server().app.rooms.connectedUsers(groupID).sort()).toEqual(
    [guest.userID, host.userID].sort(),
  );
});

it('[SE3] a viewer may ask for nothing else, and hears no more of a room that has ended', async () => {
  const { host, groupID } = await roomOf();
  const viewer = await viewerOf(groupID);
  expect(await viewer.codeOf('getGroupCounters', { groupID })).toBe(2_024);
  expect(await viewer.codeOf('increaseGroupCounter', { groupID, key: 'likes', value: 1 })).toBe(2_024);
  await host.call('dismissGroup', groupID);
  await viewer.hears('MESSAGE_RECEIVED', tipOf(5));
  expect(await (await stranger()).codeOf('joinGroup', { groupID })).toBe(10_010);
});

it('[SE3][OS9] a viewer of a server that was started anew ends on the newest values', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-viewers-'));
  const options = { storage: `sqlite:${path.join(folder, 'muster.db')}`, config: { anonymousViewers: true } };
  const first = await startMuster(options);
  const { port, secretKey, SDKAppID } = first;
  const host = await first.login('host');
  const groupID = groupIDOf('AVChatRoom');
  await host.createGroup({ type: 'AVChatRoom', name: 'show', groupID });
  await host.joinGroup({ groupID });
  const viewer = await viewerOf(groupID, first);
  await host.setGroupCounters({ groupID, counters: { likes: 1, shares: 1 } });
  await viewer.hears('GROUP_COUNTER_UPDATED', ({ key }) => key === 'shares');
  await first.close();
  const second = await startMuster({ ...options, port, secretKey, SDKAppID });
  const again = await second.login('host');
  await again.setGroupCounters({ groupID, counters: { likes: 5 } });
  await viewer.hears('GROUP_COUNTER_UPDATED', ({ key, value }) => key === 'likes' && value === 5, RETURN_MS);
  await second.close();
  rmSync(folder, { recursive: true });
}, 60_000);

it('[SE3][OS9] without the option nobody watches', async () => {
  const { groupID } = await roomOf(closed);
  const viewer = await stranger(closed.server);
  expect(await viewer.codeOf('joinGroup', { groupID })).toBe(60_009);
});
