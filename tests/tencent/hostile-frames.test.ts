/** Frames that no client sends: each is answered, or closes its connection, and harms nobody else (SE2). */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WireClient } from './wire-client.ts';

/** A value that no text or number can be made of. */
const UNSPEAKABLE = { toString: '', valueOf: '' };

let muster: Muster;
const clients: WireClient[] = [];
let people = 0;

beforeAll(async () => {
  muster = await startMuster();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => muster.close());

async function connect(): Promise<WireClient> {
  const client = await WireClient.connect(muster.proxyServer);
  clients.push(client);
  return client;
}

async function loggedIn(): Promise<WireClient> {
  people += 1;
  const client = await connect();
  const userID = `hostile${people}`;
  expect(await client.login(userID, muster.userSig(userID))).toMatchObject({ ErrorCode: 0 });
  return client;
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

it('[SE2] a mark that is none is taken for none, also before a login', async () => {
  const client = await connect();
  for (const SessionData of [UNSPEAKABLE, [UNSPEAKABLE], null, 'x'])
    client.send({ head: { servcmd: 'openim.ws_msg_push_ack', seq: 1 }, body: { SessionData } });
  expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
});

it.each([0, 1])('[SE2] a body that is nested too deeply is refused, with the checksum %i', async (cs) => {
  const client = await loggedIn();
  const head = { servcmd: 'openim.modify_c2c_msg', seq: 8, a2: client.a2, cs };
  const answer = client.answerTo(8);
  client.send(`{"head":${JSON.stringify(head)},"body":{"To_Account":"x","MsgBody":${nested(20_000)}}}`);
  expect(await answer).toMatchObject({ ErrorCode: 60_003 });
  expect(await client.ask('heartbeat.alive')).toMatchObject({ ErrorCode: 0 });
});

it.each([
  ['openim.sendmsg', { To_Account: UNSPEAKABLE, MsgRandom: 1, MsgBody: [] }],
  ['openim.delete_c2c_msg_ramble', { To_Account: UNSPEAKABLE, MsgKeyList: [UNSPEAKABLE] }],
  ['openim.getroammsg', { Peer_Account: 'x', MsgKey: UNSPEAKABLE }],
  ['openim.get_peer_read_time', { To_Account: [UNSPEAKABLE] }],
  ['openim.set_c2c_peer_mute_notifications', { Peer_Account: [UNSPEAKABLE], Mute_Notifications: 1 }],
  ['openim.read_all_unread_msg', { GroupReadInfo: [{ GroupId: UNSPEAKABLE }] }],
  ['group_open_http_svc.send_group_msg', { GroupId: UNSPEAKABLE }],
  ['group_open_http_svc.group_msg_get', { GroupId: 'g', ReqMsgSeq: UNSPEAKABLE }],
  ['group_open_http_svc.group_msg_get', { GroupId: 'g', ReqMsgSeqList: [UNSPEAKABLE, -1, 1e300] }],
  ['group_open_http_svc.delete_group_ramble_msg_by_seq', { GroupId: 'g', Seqs: [UNSPEAKABLE] }],
  ['group_open_http_svc.get_group_member_info', { GroupId: 'g', Next: UNSPEAKABLE }],
  ['group_open_http_svc.modify_group_member_info', { GroupId: UNSPEAKABLE, MsgFlag: 'Discard' }],
  ['profile.portrait_set', { ProfileItem: [{ Tag: UNSPEAKABLE, Value: 1 }] }],
  ['profile.portrait_set', { ProfileItem: [{ Tag: 'Tag_Profile_IM_constructor', Value: 1 }] }],
  ['recentcontact.top', { RecentContactItem: [{ Type: 2, ToGroupId: UNSPEAKABLE }] }],
  ['recentcontact.mark_contact', { MarkItem: [{ ContactItem: { Type: 1, To_Account: UNSPEAKABLE } }] }],
])(
  '[SE2] %s takes what names nothing for a mistake of its caller, not for a fault',
  async (servcmd, body) => {
    const client = await loggedIn();
    const faults = await faultsCounted();
    const { ErrorCode } = await client.ask(servcmd, body);
    expect(ErrorCode).not.toBe(10_002);
    expect(await faultsCounted()).toBe(faults);
  },
);

/** Requests so far that something failed with inside the server. */
async function faultsCounted(): Promise<number> {
  const text = await (await fetch(`${muster.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.includes('error="INTERNAL"')).length;
}

it('[SE1][CG7] what a request asks for of conversation after conversation is bounded', async () => {
  const client = await loggedIn();
  const contacts = (count: number) => Array.from({ length: count }, () => ({ Type: 1, To_Account: 'x' }));
  const top = (count: number) =>
    client.ask('recentcontact.top', { OperationType: 2, RecentContactItem: contacts(count) });
  expect(await top(101)).toMatchObject({ ErrorCode: 51_006 });
  expect(await top(100)).not.toMatchObject({ ErrorCode: 51_006 });
  const MarkItem = contacts(101).map((ContactItem, at) => ({ OptType: 2, ContactItem, CustomMark: `${at}` }));
  expect(await client.ask('recentcontact.mark_contact', { MarkItem })).toMatchObject({ ErrorCode: 51_006 });
});

it('[GC3] a counter is set by a number and by no text', async () => {
  const client = await loggedIn();
  const service = 'group_open_http_svc';
  await client.ask(`${service}.create_group`, { Type: 'Public', Name: 'team', GroupId: 'numbers' });
  const set = (Value: unknown) =>
    client.ask(`${service}.update_group_counter`, {
      GroupId: 'numbers',
      Mode: 'Set',
      GroupCounter: [{ Key: '__proto__', Value }],
    });
  for (const value of ['5', null, 1.5, 2 ** 63, [5]])
    expect(await set(value)).toMatchObject({ ErrorCode: 10_004 });
  expect(await set(5)).toMatchObject({ GroupCounter: [{ Key: '__proto__', Value: 5 }] });
});

it.each([
  ['the largest number', Number.MAX_SAFE_INTEGER],
  ['zero', 0],
  ['a number that 32 bits do not hold', 2 ** 40],
])('[OS5][SE2] a write under %s is carried out once', async (_what, seq) => {
  const client = await loggedIn();
  const service = 'group_open_http_svc';
  const GroupId = `seq${seq}`;
  await client.again(`${service}.create_group`, { Type: 'Public', Name: 'team', GroupId }, { seq: 77 });
  const body = { GroupId, Mode: 'Increase', GroupCounter: [{ Key: 'hits', Value: 1 }] };
  for (let time = 0; time < 2; time += 1)
    expect(await client.again(`${service}.update_group_counter`, body, { seq })).toMatchObject({
      ErrorCode: 0,
      GroupCounter: [{ Key: 'hits', Value: 1 }],
    });
});

it('[OS5] many writes that are sent again together are answered as they were, each counted once', async () => {
  const client = await loggedIn();
  const service = 'group_open_http_svc';
  const GroupId = 'many';
  await client.ask(`${service}.create_group`, { Type: 'Public', Name: 'team', GroupId });
  const body = { GroupId, Mode: 'Increase', GroupCounter: [{ Key: 'hits', Value: 1 }] };
  const all = (one: WireClient) =>
    Promise.all(
      Array.from({ length: 150 }, (_, at) =>
        one.again(`${service}.update_group_counter`, body, { seq: 5_000 + at }),
      ),
    );
  const first = await all(client);
  const second = await connect();
  second.a2 = client.a2;
  expect(await all(second)).toEqual(first);
});

it('[CV2] how one is told of a group is not set for a group that one is not in', async () => {
  const [owner, stranger] = [await loggedIn(), await loggedIn()];
  const service = 'group_open_http_svc';
  await owner.ask(`${service}.create_group`, { Type: 'Public', Name: 'team', GroupId: 'theirs' });
  const body = { GroupId: 'theirs', Member_Account: `hostile${people}`, MsgFlag: 'Discard' };
  expect(await stranger.ask(`${service}.modify_group_member_info`, body)).toMatchObject({
    ErrorCode: 2_500,
  });
  expect(await owner.ask(`${service}.modify_group_member_info`, body)).toMatchObject({ ErrorCode: 0 });
});
