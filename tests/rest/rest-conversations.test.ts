/** Marks, the list and deletion of conversations over REST v4. */
import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heard, listeningDevice } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

let muster: Muster;
let device: RawDevice;
let now = 1_700_000_000_000;

beforeAll(async () => {
  muster = await startMuster({ now: () => now });
  device = await listeningDevice(muster, 'alice');
  await importAccounts(muster, 'bob', 'carl');
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: 'alice', Type: 'Public', GroupId: 'team', Name: 'Team' },
  });
  now += 1_000;
  await say('bob');
  now += 1_000;
  await say('carl');
});
afterAll(() => muster.close());

const say = (From_Account: string) =>
  restOK(muster, 'openim/sendmsg', {
    ...{ From_Account, To_Account: 'alice', MsgRandom: 1 },
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
  });

async function ask(command: string, body: object): Promise<Record<string, unknown>> {
  const { ErrorDisplay, ...more } = await restOK(muster, `recentcontact/${command}`, {
    From_Account: 'alice',
    ...body,
  });
  return more;
}

async function codeOf(command: string, body: object): Promise<number> {
  const full = { From_Account: 'alice', ...body };
  return (await rest(muster, `recentcontact/${command}`, full)).body.ErrorCode;
}

const bob = { Type: 1, To_Account: 'bob' };
const team = { Type: 2, ToGroupId: 'team' };
const SECONDS = 1_700_000_000;

const LIST = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };

describe('get_list', () => {
  const sessions = async (body: object) => (await ask('get_list', { ...LIST, ...body })).SessionItem;

  it('[CV1] gives the conversations, newest first, and empty ones when they are asked for', async () => {
    expect(await ask('get_list', { ...LIST, AssistFlags: 7 })).toEqual({
      SessionItem: [
        { Type: 1, To_Account: 'carl', MsgTime: SECONDS + 2, TopFlag: 0 },
        { Type: 1, To_Account: 'bob', MsgTime: SECONDS + 1, TopFlag: 0 },
        { Type: 2, GroupId: 'team', MsgTime: SECONDS, TopFlag: 0 },
      ],
      CompleteFlag: 1,
      TimeStamp: 0,
      StartIndex: 0,
      TopTimeStamp: 0,
      TopStartIndex: 0,
    });
    expect(await sessions({ AssistFlags: 5 })).toHaveLength(2);
    expect(await sessions({})).toHaveLength(2);
  });

  it('[CV1] gives pinned ones first', async () => {
    await device.request('pinConversation', { conversationID: 'GROUPteam', isPinned: true });
    expect(await sessions({ AssistFlags: 7 })).toMatchObject([
      { GroupId: 'team', TopFlag: 1 },
      { To_Account: 'carl' },
      { To_Account: 'bob' },
    ]);
    await device.request('pinConversation', { conversationID: 'GROUPteam', isPinned: false });
  });

  it('[CV1] comes in pages', async () => {
    await restOK(muster, 'im_open_login_svc/account_import', { UserID: 'busy' });
    const writers = Array.from({ length: 101 }, (_, index) => `w${index}`);
    await importAccounts(muster, ...writers.slice(0, 100));
    await importAccounts(muster, ...writers.slice(100));
    for (const From_Account of writers)
      await restOK(muster, 'openim/sendmsg', {
        ...{ From_Account, To_Account: 'busy', MsgRandom: 1 },
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
      });
    const page = (StartIndex: number) =>
      restOK(muster, 'recentcontact/get_list', { ...LIST, From_Account: 'busy', StartIndex });
    const [first, second] = [await page(0), await page(100)];
    expect([first.CompleteFlag, first.StartIndex, second.CompleteFlag]).toEqual([0, 100, 1]);
    expect([first.SessionItem, second.SessionItem].map((items) => (items as object[]).length)).toEqual([
      100, 1,
    ]);
  });
});

describe('mark_contact', () => {
  it('[CV2][RS4] sets and clears marks and keeps custom data, which devices hear of', async () => {
    const MarkItem = [
      { OptType: 1, ContactItem: bob, SetMark: [1, 40], ClearMark: [2] },
      { OptType: 3, ContactItem: team, SetMark: [1], CustomMark: 'note' },
      { OptType: 2, ContactItem: { Type: 1, To_Account: 'carl' }, CustomMark: 'data' },
      { OptType: 1, ContactItem: { Type: 1, To_Account: 'nobody' }, SetMark: [0] },
    ];
    expect(await ask('mark_contact', { MarkItem })).toMatchObject({
      ResultItem: [
        { OptType: 1, ContactItem: bob, ResultCode: 0, ResultInfo: '' },
        { OptType: 3, ContactItem: team, ResultCode: 0, ResultInfo: '' },
        { OptType: 2, ContactItem: { Type: 1, To_Account: 'carl' }, ResultCode: 0, ResultInfo: '' },
        { OptType: 1, ContactItem: { Type: 1, To_Account: 'nobody' }, ResultCode: 2500 },
      ],
    });
    await heard(device, 'conversationsUpdated');
    const list = await device.request('getConversationList', {});
    const marked = list.ok
      ? list.output.conversationList.map(({ state }) => [
          state.conversationID,
          state.markList,
          state.customData,
        ])
      : [];
    expect(marked).toEqual([
      ['C2Ccarl', [], 'data'],
      ['C2Cbob', [1, 40], ''],
      ['GROUPteam', [1], 'note'],
    ]);
    await ask('mark_contact', { MarkItem: [{ OptType: 1, ContactItem: bob, ClearMark: [40, 1] }] });
    const [view] = (await ask('search_contact_group', { ContactItem: [bob] })).ContactResultItem as object[];
    expect(view).toMatchObject({ StandardMark: '' });
  });

  it('[RS5] refuses none or more than 100, and items of another form', async () => {
    const item = { OptType: 1, ContactItem: bob, SetMark: [0] };
    expect(await codeOf('mark_contact', {})).toBe(51006);
    expect(await codeOf('mark_contact', { MarkItem: [] })).toBe(51006);
    expect(await codeOf('mark_contact', { MarkItem: Array.from({ length: 101 }, () => item) })).toBe(51006);
    for (const wrong of [
      { ...item, OptType: 4 },
      { ...item, ContactItem: undefined },
      { ...item, SetMark: [64] },
      { ...item, SetMark: [-1] },
      { ...item, ClearMark: 'all' },
      { OptType: 2, ContactItem: bob, CustomMark: 5 },
      { OptType: 2, ContactItem: bob, CustomMark: 'x'.repeat(257) },
    ])
      expect(await codeOf('mark_contact', { MarkItem: [wrong] })).toBe(50002);
  });
});

describe('delete', () => {
  it('[CV2][CG15] takes a conversation out of the list, with its history when that is asked for', async () => {
    await ask('create_contact_group', { GroupContactItem: [{ GroupName: 'kept', ContactItem: [bob] }] });
    expect(await ask('delete', { ...bob, ClearRamble: 0 })).toEqual({});
    const messages = () => device.request('getMessageList', { conversationID: 'C2Cbob' });
    expect(await messages()).toMatchObject({ output: { messageList: [{ from: 'bob' }] } });
    await say('bob');
    expect(await ask('delete', { ...bob, ClearRamble: 1 })).toEqual({});
    expect(await messages()).toMatchObject({ output: { messageList: [] } });
    expect(await ask('delete', { Type: 2, ToGroupid: 'team' })).toEqual({});
    expect((await ask('get_list', { ...LIST, AssistFlags: 2 })).SessionItem).toMatchObject([
      { To_Account: 'carl' },
    ]);
    const searched = await ask('search_contact_group', { ContactItem: [bob] });
    expect(searched.ContactResultItem).toMatchObject([{ ContactGroupId: [1] }]);
    expect(await ask('delete', bob)).toEqual({});
  });

  it('[RS3][RS5] names a conversation of an account that is known', async () => {
    expect(await codeOf('delete', {})).toBe(50002);
    expect(await codeOf('delete', { Type: 1 })).toBe(50002);
    expect(await codeOf('delete', { Type: 1, To_Account: '@bob' })).toBe(50002);
    expect(await codeOf('delete', { ...bob, From_Account: 'nobody' })).toBe(50001);
  });
});
