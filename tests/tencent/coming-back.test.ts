/** Devices of the original SDK that come back, frame by frame. */
import { limit } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { WireClient, type WireFrame } from './wire-client.ts';

const SERVICE = 'group_open_http_svc';

let muster: Muster;
let now = 0;
let people = 0;
const clients: WireClient[] = [];

beforeAll(async () => {
  muster = await startMuster({ now: () => Date.now() + now });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  now = 0;
});
afterAll(() => muster.close());

async function connect(a2 = ''): Promise<WireClient> {
  const client = await WireClient.connect(muster.proxyServer);
  client.a2 = a2;
  clients.push(client);
  return client;
}

async function loggedIn(): Promise<WireClient> {
  people += 1;
  const client = await connect();
  expect(await client.login(`b${people}`, muster.userSig(`b${people}`))).toMatchObject({ ErrorCode: 0 });
  return client;
}

const login = (client: WireClient) => client.ask('im_open_status.wslogin', { State: 'Online' });

async function setCounter(client: WireClient, GroupId: string, Value: number): Promise<void> {
  const body = { GroupId, Mode: 'Set', GroupCounter: [{ Key: 'hits', Value }] };
  expect(await client.ask(`${SERVICE}.update_group_counter`, body)).toMatchObject({ ErrorCode: 0 });
}

/** The values that the pushes of a client tell, in their order. */
const toldValues = ({ pushes }: WireClient): number[] =>
  [...JSON.stringify(pushes.map(({ body }) => body)).matchAll(/"Value":(\d+)/g)].map(([, value]) =>
    Number(value),
  );

const isMark = ({ body }: WireFrame) => body.NeedAck === 1;

/** Somebody who counts in a group, and a member of it who is away. */
async function countingAndAway(): Promise<{ ann: WireClient; away: string; groupID: string }> {
  const [ann, bob] = [await loggedIn(), await loggedIn()];
  const groupID = `back${people}`;
  const group = { Type: 'Public', Name: 'team', GroupId: groupID, ApplyJoinOption: 'FreeAccess' };
  await ann.ask(`${SERVICE}.create_group`, group);
  await bob.ask(`${SERVICE}.apply_join_group`, { GroupId: groupID });
  await setCounter(ann, groupID, 1);
  await expect.poll(() => toldValues(bob)).toContain(1);
  bob.close();
  await bob.closed;
  await setCounter(ann, groupID, 2);
  return { ann, away: bob.a2, groupID };
}

it('[OS6] what a device missed is told when it is back after a login that came to nothing', async () => {
  const { away } = await countingAndAway();
  const { devices } = muster.server().app.storage;
  vi.spyOn(devices, 'login').mockRejectedValueOnce(new Error('the database is away'));
  expect(await login(await connect(away))).toMatchObject({ ErrorCode: 10_002 });
  const back = await connect(away);
  expect(await login(back)).toMatchObject({ ErrorCode: 0 });
  await expect.poll(() => toldValues(back)).toContain(2);
});

it('[OS6][DL6] what a device was told when it came back is told again until it has given a mark back', async () => {
  const { away } = await countingAndAway();
  for (let time = 0; time < 2; time += 1) {
    const back = await connect(away);
    await login(back);
    expect(toldValues(back)).toContain(2);
    back.close();
    await back.closed;
  }
  const sure = await connect(away);
  await login(sure);
  now = limit('mark_ms') + 100;
  await expect.poll(() => sure.pushes.some(isMark), { timeout: 3_000 }).toBe(true);
  const SessionData = sure.pushes.find(isMark)?.body.SessionData;
  sure.send({ head: { servcmd: 'openim.ws_msg_push_ack', seq: 1, cs: 0 }, body: { SessionData } });
  await sure.ask('heartbeat.alive');
  sure.close();
  await sure.closed;
  const last = await connect(away);
  await login(last);
  await last.ask('heartbeat.alive');
  expect(toldValues(last)).not.toContain(2);
});

it('[OS3] a connection outlives a kick and a logout, however old it is', async () => {
  const client = await loggedIn();
  now = limit('foreignLoginTime_ms_max') + 60_000;
  await client.ask('heartbeat.alive');
  expect(await client.ask('im_open_status.wslogout')).toMatchObject({ ErrorCode: 0 });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await Promise.race([client.ask('heartbeat.alive'), client.closed])).toMatchObject({ ErrorCode: 0 });
});

it('[OS6][CG3] what was read before a conversation group was deleted is not answered behind that', async () => {
  const client = await loggedIn();
  const create = { GroupContactItem: [{ GroupName: 'gone', ContactItem: [] }] };
  expect(await client.ask('recentcontact.create_contact_group', create)).toMatchObject({ ErrorCode: 0 });
  const { conversations } = muster.server().app.storage;
  const mirror = conversations.mirror.bind(conversations);
  vi.spyOn(conversations, 'mirror').mockImplementationOnce(async (userID) => {
    const read = await mirror(userID);
    const other = await connect();
    await other.login(userID, muster.userSig(userID));
    await other.ask('recentcontact.del_contact_group', { GroupName: ['gone'] });
    await expect.poll(() => JSON.stringify(client.pushes)).toContain('RecentContactDelContactGroup');
    return read;
  });
  expect(await client.ask('recentcontact.get_contact_group')).toMatchObject({ ErrorCode: 0, GroupItem: [] });
});

it.each([
  ['recentcontact.search_contact_group', { ContactItem: [{ Type: 1, To_Account: 'x' }] }],
  ['openim.get_peer_read_time', { To_Account: ['x'] }],
  ['openim.get_c2c_peer_mute_notifications', { Peer_Account: ['x'] }],
  ['openim.msgreaded', { C2CMsgReaded: { C2CMsgReadedItem: [{ To_Account: 'x', LastedMsgTime: 1 }] } }],
  ['openim.msgwithdraw', { MsgInfo: { From_Account: 'x', MsgRandom: 1 } }],
  ['openim.delete_c2c_msg_ramble', { To_Account: 'x', MsgKeyList: ['1_1_1'] }],
  [`${SERVICE}.get_group_self_member_info`, { GroupIdList: ['g'] }],
])('[DL8] %s that fails is not answered as if there were nothing', async (servcmd, body) => {
  const client = await loggedIn();
  const failing = vi.spyOn(muster.server().app.storage.conversations, 'read');
  failing.mockRejectedValue(new Error('the database is away'));
  const answer = await client.ask(servcmd, body);
  failing.mockRestore();
  expect(answer).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10_002 });
});
