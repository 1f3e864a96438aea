/** Whatever body comes, the answer is one of this API's, nothing crashes, and the next request is served. */
import { type Muster, startMuster } from '@muster/server/testing';
import { REST_COMMANDS } from '@muster/tencent';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAccounts, rest, restOK, restURL } from './rest-client.ts';

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster();
  await importAccounts(muster, 'alice', 'bob');
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: 'alice', Type: 'Public', GroupId: 'kept', Name: 'Kept' },
  });
});
afterAll(() => muster.close());

/** Bodies that are served, from which the mutated ones are made. None ends the account or the group. */
const contact = { Type: 1, To_Account: 'bob' };
const SERVED: Record<string, object> = {
  'group_open_http_svc/update_group_counter': {
    ...{ GroupId: 'kept', Mode: 'Increase' },
    GroupCounter: [{ Key: 'a', Value: 1 }],
  },
  'group_open_http_svc/get_group_counter': { GroupId: 'kept', GroupCounterKeys: ['a'] },
  'group_open_http_svc/delete_group_counter': { GroupId: 'kept', GroupCounterKeys: ['b'] },
  'group_open_http_svc/get_group_info': { GroupIdList: ['kept', 'absent'] },
  'group_open_http_svc/get_group_member_info': {
    ...{ GroupId: 'kept', Limit: 5, Offset: 0, Next: '0', MemberRoleFilter: ['Owner'] },
  },
  'group_open_http_svc/get_joined_group_list': {
    ...{ Member_Account: 'alice', Limit: 5, Offset: 0 },
    ResponseFilter: { GroupBaseInfoFilter: ['Name'], SelfInfoFilter: ['Role'] },
  },
  'group_open_http_svc/get_role_in_group': { GroupId: 'kept', User_Account: ['alice'] },
  'group_open_http_svc/modify_group_base_info': {
    ...{ GroupId: 'kept', Name: 'Kept', ShutUpAllMember: 'Off', ApplyJoinOption: 'FreeAccess' },
    ...{ MaxMemberCount: 50, AppDefinedData: [{ Key: 'k', Value: 'v' }] },
  },
  'group_open_http_svc/add_group_member': { GroupId: 'kept', MemberList: [{ Member_Account: 'bob' }] },
  'group_open_http_svc/send_group_msg': {
    ...{ GroupId: 'kept', Random: 1, MsgPriority: 'Low', CloudCustomData: 'c', OnlineOnlyFlag: 0 },
    ...{ GroupAtInfo: [{ GroupAtAllFlag: 0, GroupAt_Account: 'bob' }], SendMsgControl: ['NoUnread'] },
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
  },
  'group_open_http_svc/group_msg_get_simple': { GroupId: 'kept', ReqMsgNumber: 2, ReqMsgSeq: 5 },
  'openim/sendmsg': {
    ...{ From_Account: 'alice', To_Account: 'bob', MsgRandom: 1 },
    MsgBody: [{ MsgType: 'TIMLocationElem', MsgContent: { Desc: 'd', Latitude: 1.5, Longitude: 2 } }],
  },
  'recentcontact/create_contact_group': {
    From_Account: 'alice',
    GroupContactItem: [{ GroupName: 'g', ContactItem: [contact] }],
  },
  'recentcontact/del_contact_group': { From_Account: 'alice', GroupName: ['g'] },
  'recentcontact/update_contact_group': {
    ...{ From_Account: 'alice', UpdateType: 1 },
    UpdateGroup: {
      ...{ UpdateGroupType: 2, OldGroupName: 'g' },
      ContactUpdateItem: [{ ContactOptType: 1, ContactItem: contact }],
    },
  },
  'recentcontact/search_contact_group': { From_Account: 'alice', ContactItem: [contact] },
  'recentcontact/get_contact_group': { From_Account: 'alice', StartIndex: 0 },
  'recentcontact/mark_contact': {
    From_Account: 'alice',
    MarkItem: [{ OptType: 3, ContactItem: contact, SetMark: [1], ClearMark: [2], CustomMark: 'x' }],
  },
  'recentcontact/get_list': { From_Account: 'alice', StartIndex: 0, AssistFlags: 7 },
  'recentcontact/delete': { From_Account: 'alice', ...contact, ClearRamble: 1 },
  'im_open_login_svc/account_import': { UserID: 'carl', Nick: 'Carl', FaceUrl: 'f' },
  'im_open_login_svc/multiaccount_import': { Accounts: ['carl', 'dora'] },
  'im_open_login_svc/account_check': { CheckItem: [{ UserID: 'carl' }] },
  'im_open_login_svc/account_delete': { DeleteItem: [{ UserID: 'dora' }] },
  'im_open_login_svc/kick': { UserID: 'carl' },
};

const junk = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...[null, '', ' ', -1, 1.5, 2 ** 53, 1e300, '\u0000', '\ud800', '__proto__', 'x'.repeat(20_000), [], {}],
    Array.from({ length: 400 }, (_, index) => index),
  ),
);

/** What stands anywhere in a body, by its path. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length > 0 ? [[...path]] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...path, name]))];
}

/** The body with something else at a place; undefined takes it out. */
function mutated(body: object, path: readonly string[], put: unknown): object {
  const copy = structuredClone(body) as Record<string, unknown>;
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[path.at(-1) ?? ''] = put;
  return copy;
}

const bodyOf = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
  } catch {
    // What refers to itself is no JSON.
    return '{}';
  }
};

async function expectAnswer(command: string, body: string): Promise<void> {
  const { status, body: answer } = await rest(muster, command, body);
  expect([command, status, typeof answer.ErrorInfo]).toEqual([command, 200, 'string']);
  const isFine = answer.ActionStatus === 'OK' && answer.ErrorCode === 0;
  const isRefused = answer.ActionStatus === 'FAIL' && answer.ErrorCode > 0;
  expect([command, body, answer.ErrorCode, isFine || isRefused]).toEqual([
    command,
    body,
    answer.ErrorCode,
    true,
  ]);
  // A fault of the server would be one of these: nothing that is sent may bring one about.
  expect([10002, 50004, 70500, 60008]).not.toContain(answer.ErrorCode);
}

describe('bodies that nobody meant', () => {
  it('[SE2][RS1] are known for every command that may be served again and again', () => {
    const ending = ['create_group', 'destroy_group', 'change_group_owner', 'delete_group_member'];
    const named = [...Object.keys(SERVED), ...ending.map((name) => `group_open_http_svc/${name}`)];
    expect(named.sort()).toEqual([...REST_COMMANDS.keys()].sort());
  });

  it.each(Object.keys(SERVED))(
    '[SE2][RS1] %s with junk at one of its places',
    async (command) => {
      const served = SERVED[command] ?? {};
      const places = placesOf(served);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), junk, async (place, put) => {
          await expectAnswer(command, bodyOf(mutated(served, place, put)));
        }),
        { numRuns: 200 },
      );
    },
    30_000,
  );

  it('[SE2][RS1] any JSON and any text, for every command', async () => {
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.anything().map(bodyOf),
      fc.constantFrom('{"a":', '[[[[', '{"Value":1e999}', '{"Value":-0}', `{"Value":${'9'.repeat(5_000)}}`),
    );
    await fc.assert(fc.asyncProperty(fc.constantFrom(...REST_COMMANDS.keys()), text, expectAnswer), {
      numRuns: 800,
    });
  }, 60_000);

  it('[SE2][RS1] queries that nobody meant are refused', async () => {
    const parameter = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('administrator', '1400000000'));
    const query = fc.record({ sdkappid: parameter, identifier: parameter, usersig: parameter });
    await fc.assert(
      fc.asyncProperty(query, async (parameters) => {
        const url = restURL(muster, 'im_open_login_svc/account_check', parameters);
        const response = await fetch(url, { method: 'POST', body: '{}' });
        expect([response.status, await response.json()]).toMatchObject([200, { ActionStatus: 'FAIL' }]);
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('[SE2] and then everything is served as before', async () => {
    const info = await restOK(muster, 'group_open_http_svc/get_group_info', { GroupIdList: ['kept'] });
    expect(info.GroupInfo).toMatchObject([{ ErrorCode: 0, Owner_Account: 'alice' }]);
  });
});
