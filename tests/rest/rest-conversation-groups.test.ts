/** The conversation-group commands of REST v4, in their documented forms. */
import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heard, listeningDevice } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

let muster: Muster;
let users = 0;
/** A user of his own for each test, with a device that listens. */
let owner: string;
let device: RawDevice;

beforeAll(async () => {
  muster = await startMuster();
  await importAccounts(muster, 'bob', 'carl');
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: 'bob', Type: 'Public', GroupId: 'others', Name: 'Others' },
  });
});
afterAll(() => muster.close());
beforeEach(async () => {
  users += 1;
  owner = `user${users}`;
  device = await listeningDevice(muster, owner);
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: owner, Type: 'Public', GroupId: `own${users}`, Name: 'Own' },
  });
});

const user = (userID: string) => ({ Type: 1, To_Account: userID });
const group = (groupID: string) => ({ Type: 2, ToGroupId: groupID });
const done = (ContactItem: object) => ({ ContactItem, ResultCode: 0, ResultInfo: '' });

/** What a command answers beyond the common fields; this service has one more of those. */
async function ask(command: string, body: object): Promise<Record<string, unknown>> {
  const { ErrorDisplay, ...more } = await restOK(muster, `recentcontact/${command}`, {
    From_Account: owner,
    ...body,
  });
  expect(ErrorDisplay).toBe('');
  return more;
}

async function codeOf(command: string, body: object): Promise<number> {
  const answer = await rest(muster, `recentcontact/${command}`, { From_Account: owner, ...body });
  expect(answer).toMatchObject({ status: 200, body: { ErrorDisplay: '' } });
  return answer.body.ErrorCode;
}

const create = (GroupName: string, ContactItem: object[] = []) =>
  ask('create_contact_group', { GroupContactItem: [{ GroupName, ContactItem }] });
const change = (OldGroupName: string, edits: [1 | 2, object][]) => ({
  UpdateType: 1,
  UpdateGroup: {
    UpdateGroupType: 2,
    OldGroupName,
    ContactUpdateItem: edits.map(([ContactOptType, ContactItem]) => ({ ContactOptType, ContactItem })),
  },
});

describe('create_contact_group', () => {
  it('[CG3][CG5][RS3] makes one for From_Account, also of conversations that are not in his list', async () => {
    expect(await create('work', [user('bob'), group(`own${users}`)])).toEqual({
      GroupResultItem: [
        {
          GroupItem: { GroupName: 'work', GroupId: 1 },
          ResultItem: [done(user('bob')), done(group(`own${users}`))],
        },
      ],
    });
    expect((await heard(device, 'conversationGroupCreated')).conversationGroup).toEqual({
      conversationGroupID: 1,
      groupName: 'work',
      conversationIDList: ['C2Cbob', `GROUPown${users}`],
    });
  });

  it('[CG6][RS5] tells of each conversation whether it is in, once and in the order of the request', async () => {
    const { GroupResultItem } = await create('odd', [
      group('absent'),
      user('bob'),
      group('others'),
      { Type: 3, To_Account: 'carl' },
      user('bob'),
    ]);
    expect(GroupResultItem).toMatchObject([
      {
        ResultItem: [
          { ContactItem: group('absent'), ResultCode: 51007 },
          { ContactItem: user('bob'), ResultCode: 0 },
          { ContactItem: group('others'), ResultCode: 51007 },
          { ContactItem: { Type: 3, To_Account: 'carl' }, ResultCode: 50002 },
        ],
      },
    ]);
    expect((GroupResultItem as { ResultItem: object[] }[])[0]?.ResultItem).toHaveLength(4);
  });

  it('[CG1][CG2][CG3][CG7] refuses names, numbers and more than 20', async () => {
    const code = (GroupName: unknown, ContactItem: unknown = []) =>
      codeOf('create_contact_group', { GroupContactItem: [{ GroupName, ContactItem }] });
    expect(await code('')).toBe(51011);
    expect(await code('ä'.repeat(17))).toBe(51011);
    expect(await code('ä'.repeat(16))).toBe(0);
    expect(await code('ä'.repeat(16))).toBe(52001);
    expect(
      await code(
        'many',
        Array.from({ length: 101 }, (_, index) => user(`u${index}`)),
      ),
    ).toBe(51006);
    for (let made = 1; made < 20; made += 1) expect(await code(`name${made}`)).toBe(0);
    expect(await code('one too many')).toBe(51010);
  });

  it('[RS5] a body of another form is refused 50002', async () => {
    for (const body of [
      {},
      { GroupContactItem: [] },
      { GroupContactItem: { GroupName: 'a', ContactItem: [] } },
      {
        GroupContactItem: [
          { GroupName: 'a', ContactItem: [] },
          { GroupName: 'b', ContactItem: [] },
        ],
      },
      { GroupContactItem: [{ GroupName: 'a' }] },
      { GroupContactItem: [{ ContactItem: [] }] },
      { GroupContactItem: [{ GroupName: 5, ContactItem: [] }] },
    ])
      expect(await codeOf('create_contact_group', body)).toBe(50002);
  });

  it('[RS3] an account that is not known is refused 50001, one that is missing 50002', async () => {
    const GroupContactItem = [{ GroupName: 'a', ContactItem: [] }];
    expect(await codeOf('create_contact_group', { GroupContactItem, From_Account: 'nobody' })).toBe(50001);
    for (const From_Account of [undefined, 5, null, ['bob']])
      expect(await codeOf('create_contact_group', { GroupContactItem, From_Account })).toBe(50002);
  });
});

describe('del_contact_group', () => {
  it('[CG4][CG9] deletes one by its name', async () => {
    await create('work', [user('bob')]);
    expect(await ask('del_contact_group', { GroupName: ['work'] })).toEqual({
      GroupItem: [{ GroupName: 'work', GroupId: 1 }],
    });
    expect((await heard(device, 'conversationGroupDeleted')).conversationGroupID).toBe(1);
    expect(await codeOf('del_contact_group', { GroupName: ['work'] })).toBe(51009);
    for (const GroupName of [undefined, [], ['a', 'b'], 'work', [5]])
      expect(await codeOf('del_contact_group', { GroupName })).toBe(50002);
  });
});

describe('update_contact_group', () => {
  const rename = (OldGroupName: string, NewGroupName: unknown) => ({
    UpdateType: 1,
    UpdateGroup: { UpdateGroupType: 1, OldGroupName, NewGroupName },
  });

  it('[CG3][CG9] renames one, which keeps its number', async () => {
    await create('work');
    expect(await ask('update_contact_group', rename('work', 'office'))).toEqual({
      UpdateType: 1,
      UpdateGroupResult: {
        UpdateGroupType: 1,
        GroupName: 'office',
        OldGroupName: 'work',
        GroupId: 1,
        ContactResultItem: [],
      },
    });
    expect(await heard(device, 'conversationGroupRenamed')).toMatchObject({ groupName: 'office' });
    await create('home');
    expect(await codeOf('update_contact_group', rename('work', 'else'))).toBe(51009);
    expect(await codeOf('update_contact_group', rename('office', 'home'))).toBe(52001);
    expect(await codeOf('update_contact_group', rename('office', ''))).toBe(51011);
    expect(await codeOf('update_contact_group', rename('office', undefined))).toBe(50002);
  });

  it('[CG6][CG11][RS5] adds and deletes in one call, each answered at its place', async () => {
    await create('work', [user('bob'), user('carl')]);
    const edits: [1 | 2, object][] = [
      [2, user('bob')],
      [1, group(`own${users}`)],
      [1, group('absent')],
      [2, user('dora')],
      [1, user('carl')],
    ];
    expect(await ask('update_contact_group', change('work', edits))).toMatchObject({
      UpdateType: 1,
      UpdateGroupResult: {
        UpdateGroupType: 2,
        GroupName: 'work',
        OldGroupName: 'work',
        GroupId: 1,
        ContactResultItem: [
          { ContactOptType: 2, ContactItem: user('bob'), ResultCode: 0, ResultInfo: '' },
          { ContactOptType: 1, ContactItem: group(`own${users}`), ResultCode: 0, ResultInfo: '' },
          { ContactOptType: 1, ContactItem: group('absent'), ResultCode: 51007 },
          { ContactOptType: 2, ContactItem: user('dora'), ResultCode: 0, ResultInfo: '' },
          { ContactOptType: 1, ContactItem: user('carl'), ResultCode: 0, ResultInfo: '' },
        ],
      },
    });
    expect(await device.request('getConversationGroups', {})).toMatchObject({
      output: { conversationGroupList: [{ conversationIDList: ['C2Ccarl', `GROUPown${users}`] }] },
    });
    const event = await heard(device, 'conversationGroupMembersUpdated');
    expect(event).toMatchObject({ removed: ['C2Cbob'], added: [] });
  });

  it('[CG4][CG7] refuses what names no conversation, too many, or no conversation group', async () => {
    await create('work');
    const code = (name: string, edits: [1 | 2, object][]) =>
      codeOf('update_contact_group', change(name, edits));
    expect(await code('work', [])).toBe(51006);
    const many = Array.from({ length: 101 }, (_, index): [1 | 2, object] => [
      index < 50 ? 1 : 2,
      user(`u${index}`),
    ]);
    expect(await code('work', many)).toBe(51006);
    expect(await code('other', [[1, user('bob')]])).toBe(51009);
    expect(await code('other', [[2, user('bob')]])).toBe(51009);
    const wrong = [
      {},
      { UpdateType: 1 },
      { UpdateType: 2, UpdateContact: {} },
      { UpdateType: 1, UpdateGroup: { UpdateGroupType: 3, OldGroupName: 'work' } },
      { UpdateType: 1, UpdateGroup: { UpdateGroupType: 2, OldGroupName: 'work' } },
      change('work', [[3 as 1, user('bob')]]),
    ];
    for (const body of wrong) expect(await codeOf('update_contact_group', body)).toBe(50002);
  });
});

describe('search_contact_group and get_contact_group', () => {
  it('[CG8][CG17] tell of conversations in which conversation groups they are, with their marks', async () => {
    await create('work', [user('bob'), group(`own${users}`)]);
    await create('play', [user('bob')]);
    const MarkItem = [{ OptType: 3, ContactItem: group(`own${users}`), SetMark: [0, 3], CustomMark: 'x' }];
    await ask('mark_contact', { MarkItem });
    const plain = { StandardMark: '', CustomMark: '' };
    const bob = { ...user('bob'), ...plain, ContactGroupId: [1, 2], Timestamp: 0 };
    const own = {
      ...group(`own${users}`),
      ...{ StandardMark: '1001', CustomMark: 'x', ContactGroupId: [1], Timestamp: expect.any(Number) },
    };
    const GroupItem = [
      { GroupName: 'work', GroupId: 1 },
      { GroupName: 'play', GroupId: 2 },
    ];
    expect(
      await ask('search_contact_group', { ContactItem: [group(`own${users}`), user('carl'), user('bob')] }),
    ).toEqual({
      ContactResultItem: [own, { ...user('carl'), ...plain, ContactGroupId: [], Timestamp: 0 }, bob],
      GroupItem,
    });
    expect(await ask('get_contact_group', { StartIndex: 0 })).toEqual({
      ContactItem: [bob, own],
      GroupItem,
      CompleteFlag: 1,
      NextStartIndex: 0,
    });
  });

  it('[CG17] come in pages, each of which says where the next one begins', async () => {
    const contacts = Array.from({ length: 250 }, (_, index) => user(`u${index}`));
    for (let made = 0; made < 3; made += 1)
      await create(`group${made}`, contacts.slice(100 * made, 100 * (made + 1)));
    const names: unknown[] = [];
    const pages: unknown[] = [];
    for (let StartIndex: unknown = 0, isComplete = false; !isComplete; ) {
      const page = await ask('get_contact_group', { StartIndex });
      names.push(...(page.ContactItem as { To_Account: string }[]).map(({ To_Account }) => To_Account));
      pages.push([page.CompleteFlag, page.NextStartIndex]);
      StartIndex = page.NextStartIndex;
      isComplete = page.CompleteFlag === 1;
    }
    expect(pages).toEqual([
      [0, 100],
      [0, 200],
      [1, 0],
    ]);
    expect(names).toEqual(contacts.map(({ To_Account }) => To_Account));
  });

  it('[RS5] a search names 1 to 300 conversations', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => user(`u${index}`));
    expect(await codeOf('search_contact_group', { ContactItem: many(300) })).toBe(0);
    expect(await codeOf('search_contact_group', { ContactItem: many(301) })).toBe(51006);
    expect(await codeOf('search_contact_group', { ContactItem: [] })).toBe(51006);
    expect(await codeOf('search_contact_group', { ContactItem: [{ Type: 1 }] })).toBe(50002);
  });
});
