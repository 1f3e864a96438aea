/** Watching an AVChatRoom without a login, frame by frame. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { groupScope, limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WireClient } from './wire-client.ts';

const WATCH = 'group_open_http_noauth_svc.apply_join_group';
const POLL = 'group_open_long_polling_http_noauth_svc.get_msg';
const GROUPS = 'group_open_http_svc';
const HELD = { HoldTime: 90 };
const AT_ONCE = { HoldTime: 0 };

let muster: Muster;
let now = 0;
let rooms = 0;
const clients: WireClient[] = [];

beforeAll(async () => {
  muster = await startMuster({ now: () => Date.now() + now, config: { anonymousViewers: true } });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  now = 0;
});
afterAll(() => muster.close());

async function connect(): Promise<WireClient> {
  const client = await WireClient.connect(muster.proxyServer);
  clients.push(client);
  return client;
}

async function hostOf(type = 'AVChatRoom'): Promise<{ host: WireClient; GroupId: string }> {
  rooms += 1;
  const [userID, GroupId] = [`host${rooms}`, `room${rooms}`];
  const host = await connect();
  await host.login(userID, muster.userSig(userID));
  await host.ask(`${GROUPS}.create_group`, { Type: type, Name: 'show', GroupId });
  if (type === 'AVChatRoom') await host.ask(`${GROUPS}.apply_join_group`, { GroupId });
  return { host, GroupId };
}

async function enter(GroupId: string): Promise<{ viewer: WireClient; Key: string }> {
  const viewer = await connect();
  const entered = await viewer.ask(WATCH, { GroupId });
  expect(entered).toMatchObject({ ErrorCode: 0, JoinedStatus: 'JoinedSuccess' });
  return { viewer, Key: entered.LongPollingKey };
}

const set = (host: WireClient, GroupId: string, values: Record<string, number>) =>
  host.ask(`${GROUPS}.update_group_counter`, {
    GroupId,
    Mode: 'Set',
    GroupCounter: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
  });

let random = 0;
const say = (host: WireClient, GroupId: string, Text: string) => {
  random += 1;
  const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
  return host.ask(`${GROUPS}.send_group_msg`, { GroupId, Random: random, MsgBody });
};

type Item = { Event: number; MsgSeq: number; MsgBody: { GroupCounterInfo?: { GroupCounter: object[] }[] } };
const countersOf = (items: Item[]) =>
  items.flatMap(({ MsgBody }) => MsgBody.GroupCounterInfo?.[0]?.GroupCounter ?? []);

it('[SE3][OS9] a held poll is answered with the news, and the next one with what came since', async () => {
  const { host, GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  const held = viewer.ask(POLL, { Key, StartSeq: 0, ...HELD });
  await say(host, GroupId, 'hello');
  const first = await held;
  expect(first).toMatchObject({ ErrorCode: 0, Key, RspMsgList: [{ Event: 3, ToGroupId: GroupId }] });
  await set(host, GroupId, { likes: 4 });
  const second = await viewer.ask(POLL, { Key, StartSeq: first.NextSeq, ...HELD });
  expect(second.RspMsgList).toHaveLength(1);
  expect(countersOf(second.RspMsgList)).toEqual([{ Key: 'likes', Value: 4 }]);
  expect(second.NextSeq).toBeGreaterThan(first.NextSeq);
  expect(await viewer.ask(POLL, { Key, StartSeq: second.NextSeq, ...AT_ONCE })).toMatchObject({
    RspMsgList: [],
  });
});

it('[SE3][OS9] of what nobody fetches the last messages and the newest values are kept', async () => {
  const { host, GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  const text = 'x'.repeat(11_000);
  for (const value of [1, 2, 3]) await set(host, GroupId, { likes: value, shares: 10 * value });
  for (let line = 0; line < 20; line += 1) await say(host, GroupId, `${line} ${text}`);
  await muster.idle();
  const { RspMsgList } = await viewer.ask(POLL, { Key, StartSeq: 0, ...HELD });
  expect(countersOf(RspMsgList)).toEqual([
    { Key: 'likes', Value: 3 },
    { Key: 'shares', Value: 30 },
  ]);
  const messages: { MsgBody: { MsgContent: { Text: string } }[] }[] = RspMsgList.filter(
    ({ Event }: Item) => Event === 3,
  );
  expect(JSON.stringify(messages).length).toBeLessThan(limit('anonymousViewerRing_perRoom_bytes_max') + 100);
  const lines = messages.map(({ MsgBody }) => Number.parseInt(MsgBody[0]?.MsgContent.Text ?? '', 10));
  expect(lines).toEqual(Array.from(lines, (_, index) => 20 - lines.length + index));
  expect(lines.length).toBeGreaterThan(5);
});

it('[SE3] only genuine keys of rooms are taken, and no command but the two', async () => {
  const { GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  const [claim, signed] = Key.split('.');
  const other = Buffer.from('1 another').toString('base64url');
  for (const wrong of [undefined, 5, '', '.', `${other}.${signed}`, `${claim}.`, `${claim}.${claim}`])
    expect(await viewer.ask(POLL, { Key: wrong, StartSeq: 0, ...AT_ONCE })).toMatchObject({
      ErrorCode: 10_007,
    });
  const refused = { ErrorCode: 2_024 };
  for (const command of ['get_group_counter', 'send_group_msg', 'get_group_public_info', 'apply_join_group'])
    expect(await viewer.ask(`${GROUPS}.${command}`, { GroupId })).toMatchObject(refused);
  viewer.a2 = Key;
  expect((await viewer.ask(`${GROUPS}.get_group_counter`, { GroupId })).ErrorCode).not.toBe(0);
  expect(await viewer.ask(POLL, { Key, StartSeq: 0, ...AT_ONCE })).toMatchObject({ ErrorCode: 0 });
});

it.each(['Public', 'Private', 'ChatRoom', 'Community'])(
  '[SE3][OS9] a group of the type %s cannot be watched',
  async (type) => {
    const { GroupId } = await hostOf(type);
    const viewer = await connect();
    for (const wrong of [GroupId, undefined, 7, '', 'absent', 'nö'])
      expect(await viewer.ask(WATCH, { GroupId: wrong })).toMatchObject({ ErrorCode: 10_010 });
  },
);

it('[SE3][OS9][GR3] who was not waiting when a room ended hears of it, and of no group after it', async () => {
  const { host, GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  await host.ask(`${GROUPS}.destroy_group`, { GroupId });
  const told = await viewer.ask(POLL, { Key, StartSeq: 0, ...HELD });
  expect(told.RspMsgList).toMatchObject([{ Event: 5, MsgBody: { ReportType: 5 } }]);
  const next = { Key, StartSeq: told.NextSeq, ...AT_ONCE };
  expect(await viewer.ask(POLL, next)).toMatchObject({ ErrorCode: 10_010 });
  await host.ask(`${GROUPS}.create_group`, { Type: 'Public', Name: 'secret', GroupId });
  await set(host, GroupId, { votes: 1 });
  expect(await viewer.ask(POLL, next)).toMatchObject({ ErrorCode: 10_010 });
});

it('[SE3][OS9] after a restart the key is good, and the value of every counter is told', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-viewers-'));
  const options = { storage: `sqlite:${path.join(folder, 'muster.db')}`, config: { anonymousViewers: true } };
  const { port, secretKey, ...first } = await startMuster(options);
  const host = await WireClient.connect(first.proxyServer);
  await host.login('host', first.userSig('host'));
  const room = { Type: 'AVChatRoom', Name: 'show', GroupId: 'kept' };
  await host.ask(`${GROUPS}.create_group`, room);
  await set(host, 'kept', { likes: 1 });
  const { LongPollingKey: Key } = await (await WireClient.connect(first.proxyServer)).ask(WATCH, room);
  await set(host, 'kept', { likes: 2 });
  await first.close();
  const second = await startMuster({ ...options, port, secretKey });
  const viewer = await WireClient.connect(second.proxyServer);
  const polled = await viewer.ask(POLL, { Key, StartSeq: 0, ...AT_ONCE });
  expect(countersOf(polled.RspMsgList)).toEqual([{ Key: 'likes', Value: 2 }]);
  await second.close();
  rmSync(folder, { recursive: true });
});

it('[SE3][SE1] a connection watches a bounded number of rooms, and what nobody watches is let go', async () => {
  const { GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  const followers = () => muster.server().app.delivery.log.subscribersOf(groupScope(GroupId)).size;
  const most = limit('anonymousViewerRequests_perConnection_max');
  for (let poll = 0; poll < most; poll += 1) void viewer.ask(POLL, { Key, StartSeq: 0, ...HELD });
  expect(await viewer.ask(POLL, { Key, StartSeq: 0, ...HELD })).toMatchObject({ ErrorCode: 2_996 });
  expect(followers()).toBe(2);
  viewer.close();
  await viewer.closed;
  now = limit('anonymousViewerRoom_kept_ms') + 1_000;
  await expect.poll(followers, { timeout: 3_000 }).toBe(0);
});

it('[SE3][OS3] who watches stays without a login', async () => {
  const { GroupId } = await hostOf();
  const { viewer, Key } = await enter(GroupId);
  now = limit('foreignLoginTime_ms_max') + 1_000;
  await viewer.ask(POLL, { Key, StartSeq: 0, ...AT_ONCE });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await viewer.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
});

it('[SE3][SE1] rooms that are watched at once are bounded', async () => {
  const { host } = await hostOf();
  const viewer = await connect();
  const codes: number[] = [];
  for (let room = 0; room <= limit('anonymousViewerRooms_max'); room += 1) {
    const GroupId = `many${room}`;
    await host.ask(`${GROUPS}.create_group`, { Type: 'AVChatRoom', Name: 'show', GroupId });
    codes.push((await viewer.ask(WATCH, { GroupId })).ErrorCode);
  }
  expect(codes.at(0)).toBe(0);
  expect(codes.at(-1)).toBe(60_022);
});
