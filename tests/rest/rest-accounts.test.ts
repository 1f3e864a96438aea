/** Accounts: imported, checked, kicked and deleted, with what becomes of their things. */
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heard, listeningDevice, logged } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

const LOGINS = 'im_open_login_svc';
const codeOf = async (command: string, body: object): Promise<number> =>
  (await rest(muster, `${LOGINS}/${command}`, body)).body.ErrorCode;

async function statusOf(...userIDs: string[]): Promise<unknown[]> {
  const CheckItem = userIDs.map((UserID) => ({ UserID }));
  const { ResultItem } = await restOK(muster, `${LOGINS}/account_check`, { CheckItem });
  return (ResultItem as { AccountStatus: string }[]).map(({ AccountStatus }) => AccountStatus);
}

const remove = (...userIDs: string[]) =>
  restOK(muster, `${LOGINS}/account_delete`, { DeleteItem: userIDs.map((UserID) => ({ UserID })) });

function text(conversationID: string, said: string) {
  const sent = { payload: { text: said }, random: 1, clientTime: 1_700_000_000 };
  return { conversationID, type: 'TIMTextElem' as const, ...sent };
}

/** A command over our own HTTP door. */
async function post(userID: string, command: string, input: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${muster.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${muster.userSig(userID)}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

describe('account_import', () => {
  it('[US12] makes a user known, and is done again without harm', async () => {
    const body = { UserID: 'ann', Nick: 'Ann', FaceUrl: 'https://example.com/a.png' };
    expect(await restOK(muster, `${LOGINS}/account_import`, body)).toEqual({});
    expect(await restOK(muster, `${LOGINS}/account_import`, { UserID: 'ann' })).toEqual({});
    expect(await restOK(muster, `${LOGINS}/account_import`, { Identifier: 'old-name' })).toEqual({});
    expect(await statusOf('ann', 'old-name', 'absent')).toEqual(['Imported', 'Imported', 'NotImported']);
    const device = await listeningDevice(muster, 'ann');
    const read = await device.request('getUserProfile', { userIDList: ['ann'] });
    expect(read).toMatchObject({ output: { profiles: [{ nick: 'Ann', avatar: body.FaceUrl }] } });
    await restOK(muster, `${LOGINS}/account_import`, { UserID: 'ann', Nick: 'Anna' });
    expect((await heard(device, 'profileUpdated')).profile).toMatchObject({
      nick: 'Anna',
      avatar: body.FaceUrl,
    });
    device.close();
  });

  it('[US1][RS5] refuses what is no userID, 70402', async () => {
    for (const UserID of [undefined, '', '@ann', 'x'.repeat(33), 'a\nb', 5, null])
      expect(await codeOf('account_import', { UserID })).toBe(70402);
    expect(await codeOf('account_import', { UserID: 'ann', Nick: 5 })).toBe(70402);
  });

  it('[US12] is for administrators over every door', async () => {
    expect(await post('ann', 'importAccount', { userID: 'eve' })).toMatchObject({
      status: 403,
      body: { code: 60010 },
    });
    expect(await post('administrator', 'importAccount', { userID: 'eve', nick: 'Eve' })).toEqual({
      status: 200,
      body: {},
    });
    expect(await statusOf('eve')).toEqual(['Imported']);
  });
});

describe('multiaccount_import and account_check', () => {
  it('[US12][RS5] tell of each account', async () => {
    const Accounts = ['m1', '@bad', 'm2', 5];
    expect(await restOK(muster, `${LOGINS}/multiaccount_import`, { Accounts })).toEqual({
      FailAccounts: ['@bad', 5],
    });
    const CheckItem = [{ UserID: 'm1' }, { UserID: 'nobody' }, {}];
    expect(await restOK(muster, `${LOGINS}/account_check`, { CheckItem })).toMatchObject({
      ResultItem: [
        { UserID: 'm1', ResultCode: 0, ResultInfo: '', AccountStatus: 'Imported' },
        { UserID: 'nobody', ResultCode: 0, ResultInfo: '', AccountStatus: 'NotImported' },
        { ResultCode: 70402 },
      ],
    });
  });

  it('[RS5] take 1 to 100 accounts', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `many${index}`);
    const items = (count: number) => many(count).map((UserID) => ({ UserID }));
    expect(await codeOf('multiaccount_import', { Accounts: many(100) })).toBe(0);
    expect(await codeOf('multiaccount_import', { Accounts: many(101) })).toBe(70206);
    expect(await codeOf('account_check', { CheckItem: items(101) })).toBe(70206);
    expect(await codeOf('account_delete', { DeleteItem: items(101) })).toBe(70206);
    for (const list of [undefined, [], 'ann', {}]) {
      expect(await codeOf('multiaccount_import', { Accounts: list })).toBe(70402);
      expect(await codeOf('account_check', { CheckItem: list })).toBe(70402);
      expect(await codeOf('account_delete', { DeleteItem: list })).toBe(70402);
    }
  });
});

describe('kick', () => {
  it('[US11] ends the logins of a user', async () => {
    const device = await listeningDevice(muster, 'kicked');
    expect(await restOK(muster, `${LOGINS}/kick`, { UserID: 'kicked' })).toEqual({});
    await device.closed;
    expect(device.events.at(-1)).toMatchObject({ event: 'kickedOut', type: 'REST_API_Kick' });
    expect(await codeOf('kick', { UserID: 'nobody' })).toBe(70107);
    expect(await codeOf('kick', {})).toBe(70402);
  });
});

describe('account_delete', () => {
  it('[US13][RS5] ends the logins and forgets the user, and tells of each account', async () => {
    await importAccounts(muster, 'dan');
    const before = muster.userSig('dan', { now: Date.now() - 5_000 });
    const device = await listeningDevice(muster, 'dan');
    expect(await remove('dan', 'nobody', 'administrator')).toMatchObject({
      ResultItem: [
        { UserID: 'dan', ResultCode: 0, ResultInfo: '' },
        { UserID: 'nobody', ResultCode: 70107 },
        { UserID: 'administrator', ResultCode: 70402 },
      ],
    });
    await device.closed;
    expect(device.events).toContainEqual({ event: 'kickedOut', type: 'REST_API_Kick' });
    expect(await statusOf('dan')).toEqual(['NotImported']);
    const late = await RawDevice.connect(muster.proxyServer);
    const login = { SDKAppID: muster.SDKAppID, userID: 'dan', userSig: before };
    await expect(late.login(login)).rejects.toThrow('SESSION_ENDED');
    late.close();
    expect(await statusOf('dan')).toEqual(['NotImported']);
    const said = { From_Account: 'administrator', To_Account: 'dan', MsgRandom: 1 };
    const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
    expect((await rest(muster, 'openim/sendmsg', { ...said, MsgBody })).body.ErrorCode).toBe(20003);
  });

  it('[US13] a userSig signed later registers a new and empty account', async () => {
    await restOK(muster, `${LOGINS}/account_import`, { UserID: 'again', Nick: 'Old' });
    await remove('again');
    const device = await RawDevice.connect(muster.proxyServer);
    const userSig = muster.userSig('again', { now: Date.now() + 1_000 });
    const { snapshot } = await device.login({ SDKAppID: muster.SDKAppID, userID: 'again', userSig });
    expect(snapshot).toMatchObject({ profile: { nick: '' }, groups: [], conversationGroups: [] });
    device.close();
  });

  it('[US14] leaves his groups, which are told, and those he owned without an owner', async () => {
    await importAccounts(muster, 'olga', 'mia');
    const made = { Owner_Account: 'olga', MemberList: [{ Member_Account: 'mia' }] };
    for (const [GroupId, Type] of [
      ['olgas', 'Public'],
      ['mias', 'Work'],
    ])
      await restOK(muster, 'group_open_http_svc/create_group', { ...made, GroupId, Type, Name: GroupId });
    await restOK(muster, 'group_open_http_svc/change_group_owner', {
      GroupId: 'mias',
      NewOwner_Account: 'mia',
    });
    const mia = await listeningDevice(muster, 'mia');
    await remove('olga');
    await heard(mia, 'groupProfileUpdated');
    const told = logged(mia).filter((event) => event.name === 'groupMembersUpdated');
    expect(told).toMatchObject([
      { left: ['olga'], operatorID: 'administrator' },
      { left: ['olga'], operatorID: 'administrator' },
    ]);
    const info = await restOK(muster, 'group_open_http_svc/get_group_info', {
      GroupIdList: ['olgas', 'mias'],
    });
    expect(info.GroupInfo).toMatchObject([
      { Owner_Account: '', MemberNum: 1 },
      { Owner_Account: 'mia', MemberNum: 1 },
    ]);
    await restOK(muster, 'group_open_http_svc/change_group_owner', {
      GroupId: 'olgas',
      NewOwner_Account: 'mia',
    });
    mia.close();
  });

  it('[US14] takes what is his own, and leaves to others what he said to them', async () => {
    await importAccounts(muster, 'paul', 'rita');
    const rita = await listeningDevice(muster, 'rita');
    const paul = await listeningDevice(muster, 'paul');
    await paul.write('sendMessage', text('C2Crita', 'from paul'));
    await rita.write('sendMessage', text('C2Cpaul', 'from rita'));
    await paul.write('createConversationGroup', { groupName: 'mine', conversationIDList: ['C2Crita'] });
    await paul.write('setConversationCustomData', { conversationIDList: ['C2Crita'], customData: 'secret' });
    await remove('paul');
    expect(await rita.request('getMessageList', { conversationID: 'C2Cpaul' })).toMatchObject({
      output: { messageList: [{ from: 'paul' }, { from: 'rita' }] },
    });
    expect(await rita.write('sendMessage', text('C2Cpaul', 'again'))).toMatchObject({
      error: { code: 10019 },
    });

    await importAccounts(muster, 'paul');
    await rita.write('sendMessage', text('C2Cpaul', 'to the new one'));
    const anew = await RawDevice.connect(muster.proxyServer);
    const userSig = muster.userSig('paul', { now: Date.now() + 1_000 });
    const { snapshot } = await anew.login({ SDKAppID: muster.SDKAppID, userID: 'paul', userSig });
    expect(snapshot).toMatchObject({
      conversationGroups: [],
      conversations: [{ state: { customData: '' }, tally: { sequence: 3 } }],
    });
    expect(await anew.request('getMessageList', { conversationID: 'C2Crita' })).toMatchObject({
      output: { messageList: [{ sequence: 3, payload: { text: 'to the new one' } }], isCompleted: true },
    });
    for (const device of [rita, paul, anew]) device.close();
  });

  it('[US13][DL2] a repeat under its own id touches nobody who has the userID by then', async () => {
    await importAccounts(muster, 'once');
    const key = { 'idempotency-key': 'delete-once' };
    const first = await post('administrator', 'deleteAccount', { userID: 'once' }, key);
    expect(first).toEqual({ status: 200, body: {} });
    await importAccounts(muster, 'once');
    expect(await post('administrator', 'deleteAccount', { userID: 'once' }, key)).toEqual(first);
    expect(await statusOf('once')).toEqual(['Imported']);
    const other = await post('administrator', 'deleteAccount', { userID: 'else' }, key);
    expect(other.body).toMatchObject({ code: 52002 });
    expect(await post('ann', 'deleteAccount', { userID: 'once' })).toMatchObject({ body: { code: 60010 } });
  });

  it('[US13] what failed half-way is done by deleting again', async () => {
    await importAccounts(muster, 'half');
    const made = { Owner_Account: 'half', GroupId: 'halves', Type: 'Public', Name: 'Halves' };
    await restOK(muster, 'group_open_http_svc/create_group', made);
    const leaving = vi.spyOn(muster.server().app.storage.groups, 'update');
    leaving.mockRejectedValueOnce(new Error('the disk is gone'));
    expect(await remove('half')).toMatchObject({ ResultItem: [{ ResultCode: 70500 }] });
    expect(await statusOf('half')).toEqual(['Imported']);
    expect(await remove('half')).toMatchObject({ ResultItem: [{ ResultCode: 0 }] });
    const info = await restOK(muster, 'group_open_http_svc/get_group_info', { GroupIdList: ['halves'] });
    expect(info.GroupInfo).toMatchObject([{ MemberNum: 0, Owner_Account: '' }]);
  });
});
