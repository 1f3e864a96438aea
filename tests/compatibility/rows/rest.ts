/** The commands of REST v4. */
import assert from 'node:assert/strict';
import type { Muster } from '@muster/server/testing';
import { importAccounts, rest, restOK } from '../../rest/rest-client.ts';
import { type Claim, differs, type Section, works } from '../row.ts';
import { has, isOf } from '../stage.ts';

export interface RestStage {
  server: Muster;
}

export interface RestRow {
  claim: Claim<RestStage>;
}

type Items = Record<string, unknown>[];
const row = (probe: (stage: RestStage) => Promise<unknown>): RestRow => ({ claim: works(probe) });

const COUNTERS = 'group_open_http_svc';
const ACCOUNTS = 'im_open_login_svc';
const CONTACTS = 'recentcontact';
let names = 0;

/** Accounts that nobody else has. */
async function accounts({ server }: RestStage, count: number): Promise<string[]> {
  const users = Array.from({ length: count }, () => {
    names += 1;
    return `account${names}`;
  });
  await importAccounts(server, ...users);
  return users;
}

interface Team {
  GroupId: string;
  owner: string;
  member: string;
  stranger: string;
}

/** A group with an owner and a member, and an account that is not in it. */
async function team(stage: RestStage): Promise<Team> {
  const [owner = '', member = '', stranger = ''] = await accounts(stage, 3);
  const GroupId = `team-${owner}`;
  const made = await restOK(stage.server, 'group_open_http_svc/create_group', {
    GroupId,
    Type: 'Public',
    Name: 'team',
    Owner_Account: owner,
    MemberList: [{ Member_Account: member }],
  });
  has(made, { GroupId });
  return { GroupId, owner, member, stranger };
}

const MOST = '9223372036854775807';

/** A group with counters, the greatest there can be among them. */
async function counting(stage: RestStage): Promise<string> {
  const { GroupId } = await team(stage);
  const values = `[{"Key":"a","Value":5},{"Key":"most","Value":${MOST}}]`;
  const { text } = await rest(
    stage.server,
    `${COUNTERS}/update_group_counter`,
    `{"GroupId":"${GroupId}","GroupCounter":${values},"Mode":"Set"}`,
  );
  assert.ok(text.includes(`"Value":${MOST}`), text);
  return GroupId;
}

async function change(stage: RestStage): Promise<void> {
  const GroupId = await counting(stage);
  for (const [Mode, Value] of [
    ['Increase', 7],
    ['Decrease', 5],
  ] as const) {
    const GroupCounter = [{ Key: 'a', Value: 2 }];
    const answered = await restOK(stage.server, `${COUNTERS}/update_group_counter`, {
      GroupId,
      GroupCounter,
      Mode,
    });
    assert.deepEqual(answered, { GroupCounter: [{ Key: 'a', Value }] });
  }
  const over = { GroupId, GroupCounter: [{ Key: 'most', Value: 1 }], Mode: 'Increase' };
  const { body } = await rest(stage.server, `${COUNTERS}/update_group_counter`, over);
  assert.equal(body.ErrorCode, 10_004);
}

async function countersOf({ server }: RestStage, GroupId: string): Promise<string> {
  return (await rest(server, `${COUNTERS}/get_group_counter`, { GroupId })).text;
}

export const REST_COUNTERS: Section<RestRow> = {
  title: 'Group counters',
  rows: {
    'group_open_http_svc/get_group_counter': row(async (stage) => {
      const GroupId = await counting(stage);
      assert.ok((await countersOf(stage, GroupId)).includes(`{"Key":"most","Value":${MOST}}`));
      const some = { GroupId, GroupCounterKeys: ['a', 'absent'] };
      assert.deepEqual(await restOK(stage.server, `${COUNTERS}/get_group_counter`, some), {
        GroupCounter: [{ Key: 'a', Value: 5 }],
      });
    }),
    'group_open_http_svc/update_group_counter': row(change),
    'group_open_http_svc/delete_group_counter': row(async (stage) => {
      const GroupId = await counting(stage);
      await restOK(stage.server, `${COUNTERS}/delete_group_counter`, { GroupId, GroupCounterKeys: ['a'] });
      assert.ok(!(await countersOf(stage, GroupId)).includes('"a"'));
    }),
  },
};

const checked = async ({ server }: RestStage, ...users: string[]): Promise<Items> => {
  const CheckItem = users.map((UserID) => ({ UserID }));
  return (await restOK(server, `${ACCOUNTS}/account_check`, { CheckItem })).ResultItem as Items;
};

export const REST_ACCOUNTS: Section<RestRow> = {
  title: 'Accounts',
  rows: {
    'im_open_login_svc/account_import': row(async (stage) => {
      names += 1;
      const UserID = `imported${names}`;
      await restOK(stage.server, `${ACCOUNTS}/account_import`, { UserID, Nick: 'Nick', FaceUrl: '' });
      const one = await stage.server.login(UserID);
      assert.equal((await one.getMyProfile()).data.nick, 'Nick');
      await one.destroy();
    }),
    'im_open_login_svc/multiaccount_import': row(async (stage) => {
      const [one = '', two = ''] = await accounts(stage, 2);
      const found = await checked(stage, one, two);
      has(found, [{ AccountStatus: 'Imported' }, { AccountStatus: 'Imported' }]);
    }),
    'im_open_login_svc/account_check': row(async (stage) => {
      const [known = ''] = await accounts(stage, 1);
      has(await checked(stage, known, 'nobody'), [
        { UserID: known, ResultCode: 0, AccountStatus: 'Imported' },
        { UserID: 'nobody', ResultCode: 0, AccountStatus: 'NotImported' },
      ]);
    }),
    'im_open_login_svc/account_delete': row(async (stage) => {
      const [gone = ''] = await accounts(stage, 1);
      const DeleteItem = [{ UserID: gone }];
      const { ResultItem } = await restOK(stage.server, `${ACCOUNTS}/account_delete`, { DeleteItem });
      has(ResultItem as Items, [{ UserID: gone, ResultCode: 0 }]);
      has(await checked(stage, gone), [{ AccountStatus: 'NotImported' }]);
    }),
    'im_open_login_svc/kick': row(async ({ server }) => {
      names += 1;
      const UserID = `kicked${names}`;
      const one = await server.login(UserID);
      const out = new Promise<{ type: string }>((resolve) => {
        one.on('kickedOut', ({ data }: { data: { type: string } }) => resolve(data));
      });
      await restOK(server, `${ACCOUNTS}/kick`, { UserID });
      assert.equal((await out).type, 'REST_API_Kick');
    }),
  },
};

const GROUPS = 'group_open_http_svc';

async function groupInfo({ server }: RestStage, GroupId: string): Promise<Record<string, unknown>> {
  const { GroupInfo } = await restOK(server, `${GROUPS}/get_group_info`, { GroupIdList: [GroupId] });
  return (GroupInfo as Items)[0] as Record<string, unknown>;
}

async function members({ server }: RestStage, GroupId: string): Promise<string[]> {
  const { MemberList } = await restOK(server, `${GROUPS}/get_group_member_info`, { GroupId });
  return (MemberList as { Member_Account: string }[]).map(({ Member_Account }) => Member_Account);
}

const text = (Text: string): object[] => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];

async function speak(stage: RestStage): Promise<string> {
  const { GroupId, member } = await team(stage);
  const message = { GroupId, From_Account: member, Random: 1, MsgBody: text('hello') };
  const sent = await restOK(stage.server, `${GROUPS}/send_group_msg`, message);
  assert.equal(typeof sent.MsgSeq, 'number');
  assert.equal(typeof sent.MsgTime, 'number');
  return GroupId;
}

export const REST_GROUPS: Section<RestRow> = {
  title: 'Groups and messages',
  rows: {
    'group_open_http_svc/create_group': row(async (stage) => {
      for (const Type of ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community']) {
        const { GroupId } = await restOK(stage.server, `${GROUPS}/create_group`, { Type, Name: 'team' });
        has(await groupInfo(stage, String(GroupId)), { Type, Name: 'team' });
      }
    }),
    'group_open_http_svc/destroy_group': row(async (stage) => {
      const { GroupId } = await team(stage);
      await restOK(stage.server, `${GROUPS}/destroy_group`, { GroupId });
      has(await groupInfo(stage, GroupId), { ErrorCode: 10_010 });
    }),
    'group_open_http_svc/get_group_info': row(async (stage) => {
      const { GroupId, owner } = await team(stage);
      has(await groupInfo(stage, GroupId), {
        GroupId,
        Type: 'Public',
        Name: 'team',
        Owner_Account: owner,
        MemberNum: 2,
        ErrorCode: 0,
      });
    }),
    'group_open_http_svc/modify_group_base_info': row(async (stage) => {
      const { GroupId } = await team(stage);
      const changes = { Name: 'crew', Notification: 'hello' };
      await restOK(stage.server, `${GROUPS}/modify_group_base_info`, { GroupId, ...changes });
      has(await groupInfo(stage, GroupId), changes);
    }),
    'group_open_http_svc/change_group_owner': row(async (stage) => {
      const { GroupId, member } = await team(stage);
      await restOK(stage.server, `${GROUPS}/change_group_owner`, { GroupId, NewOwner_Account: member });
      has(await groupInfo(stage, GroupId), { Owner_Account: member });
    }),
    'group_open_http_svc/get_joined_group_list': row(async (stage) => {
      const { GroupId, member } = await team(stage);
      const joined = await restOK(stage.server, `${GROUPS}/get_joined_group_list`, {
        Member_Account: member,
      });
      has(joined, { TotalCount: 1, GroupIdList: [{ GroupId }] });
    }),
    'group_open_http_svc/get_group_member_info': row(async (stage) => {
      const { GroupId, owner, member } = await team(stage);
      assert.deepEqual((await members(stage, GroupId)).sort(), [owner, member].sort());
    }),
    'group_open_http_svc/add_group_member': row(async (stage) => {
      const { GroupId, member, stranger } = await team(stage);
      const MemberList = [{ Member_Account: stranger }, { Member_Account: member }];
      assert.deepEqual(await restOK(stage.server, `${GROUPS}/add_group_member`, { GroupId, MemberList }), {
        MemberList: [
          { Member_Account: stranger, Result: 1 },
          { Member_Account: member, Result: 2 },
        ],
      });
      assert.ok((await members(stage, GroupId)).includes(stranger));
    }),
    'group_open_http_svc/delete_group_member': row(async (stage) => {
      const { GroupId, owner, member } = await team(stage);
      const removed = { GroupId, MemberToDel_Account: [member] };
      await restOK(stage.server, `${GROUPS}/delete_group_member`, removed);
      assert.deepEqual(await members(stage, GroupId), [owner]);
    }),
    'group_open_http_svc/get_role_in_group': row(async (stage) => {
      const { GroupId, owner, member, stranger } = await team(stage);
      const asked = { GroupId, User_Account: [owner, member, stranger] };
      assert.deepEqual(await restOK(stage.server, `${GROUPS}/get_role_in_group`, asked), {
        UserIdList: [
          { Member_Account: owner, Role: 'Owner' },
          { Member_Account: member, Role: 'Member' },
          { Member_Account: stranger, Role: 'NotMember' },
        ],
      });
    }),
    'group_open_http_svc/send_group_msg': row(speak),
    'group_open_http_svc/group_msg_get_simple': row(async (stage) => {
      const GroupId = await speak(stage);
      const { RspMsgList } = await restOK(stage.server, `${GROUPS}/group_msg_get_simple`, {
        GroupId,
        ReqMsgNumber: 5,
      });
      has((RspMsgList as Items)[0] as object, { MsgBody: text('hello') });
    }),
    'openim/sendmsg': row(async (stage) => {
      const { from, to } = await spoken(stage);
      has(await sessions(stage, to), [{ Type: 1, To_Account: from }]);
    }),
  },
};

/** One account has said something to another. */
async function spoken(stage: RestStage): Promise<{ from: string; to: string }> {
  const [from = '', to = ''] = await accounts(stage, 2);
  const message = { From_Account: from, To_Account: to, MsgRandom: 1, MsgBody: text('hello') };
  const sent = await restOK(stage.server, 'openim/sendmsg', message);
  assert.match(String(sent.MsgKey), /^\d+_1_\d+$/);
  return { from, to };
}

async function sessions({ server }: RestStage, From_Account: string): Promise<Items> {
  const cursors = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0, AssistFlags: 7 };
  const listed = await restOK(server, `${CONTACTS}/get_list`, { From_Account, ...cursors });
  assert.equal(listed.CompleteFlag, 1);
  return listed.SessionItem as Items;
}

interface Folder {
  From_Account: string;
  GroupName: string;
  /** In it, and one that is not. */
  inside: object;
  outside: object;
}

async function folder(stage: RestStage): Promise<Folder> {
  const [From_Account = '', one = '', two = ''] = await accounts(stage, 3);
  const [inside, outside] = [one, two].map((To_Account) => ({ Type: 1, To_Account })) as [object, object];
  const GroupName = 'folder';
  const created = await restOK(stage.server, `${CONTACTS}/create_contact_group`, {
    From_Account,
    GroupContactItem: [{ GroupName, ContactItem: [inside] }],
  });
  has(created, {
    GroupResultItem: [
      { GroupItem: { GroupName, GroupId: 1 }, ResultItem: [{ ContactItem: inside, ResultCode: 0 }] },
    ],
  });
  return { From_Account, GroupName, inside, outside };
}

async function folders({ server }: RestStage, From_Account: string): Promise<Record<string, unknown>> {
  return restOK(server, `${CONTACTS}/get_contact_group`, { From_Account, StartIndex: 0 });
}

async function updatesFolder(stage: RestStage): Promise<void> {
  const { From_Account, inside, outside } = await folder(stage);
  const update = (UpdateGroup: object): Promise<Record<string, unknown>> =>
    restOK(stage.server, `${CONTACTS}/update_contact_group`, { From_Account, UpdateType: 1, UpdateGroup });
  has(await update({ UpdateGroupType: 1, OldGroupName: 'folder', NewGroupName: 'shelf' }), {
    UpdateGroupResult: { GroupName: 'shelf', GroupId: 1 },
  });
  const ContactUpdateItem = [
    { ContactOptType: 1, ContactItem: outside },
    { ContactOptType: 2, ContactItem: inside },
  ];
  has(await update({ UpdateGroupType: 2, OldGroupName: 'shelf', ContactUpdateItem }), {
    UpdateGroupResult: { ContactResultItem: [{ ResultCode: 0 }, { ResultCode: 0 }] },
  });
  has(await folders(stage, From_Account), {
    GroupItem: [{ GroupName: 'shelf', GroupId: 1 }],
    ContactItem: [{ ...outside, ContactGroupId: [1] }],
  });
}

export const REST_CONVERSATIONS: Section<RestRow> = {
  title: 'Conversations and conversation groups',
  rows: {
    'recentcontact/create_contact_group': row(folder),
    'recentcontact/del_contact_group': row(async (stage) => {
      const { From_Account, GroupName } = await folder(stage);
      const gone = { From_Account, GroupName: [GroupName] };
      has(await restOK(stage.server, `${CONTACTS}/del_contact_group`, gone), {
        GroupItem: [{ GroupName, GroupId: 1 }],
      });
      has(await folders(stage, From_Account), { GroupItem: [], ContactItem: [] });
    }),
    'recentcontact/update_contact_group': row(updatesFolder),
    'recentcontact/search_contact_group': row(async (stage) => {
      const { From_Account, inside, outside } = await folder(stage);
      const found = await restOK(stage.server, `${CONTACTS}/search_contact_group`, {
        From_Account,
        ContactItem: [inside, outside],
      });
      const ofInside = (found.ContactResultItem as Items).find(isOf(inside as Record<string, unknown>));
      has(ofInside as object, { ContactGroupId: [1] });
    }),
    'recentcontact/get_contact_group': row(async (stage) => {
      const { From_Account, GroupName, inside } = await folder(stage);
      has(await folders(stage, From_Account), {
        GroupItem: [{ GroupName, GroupId: 1 }],
        ContactItem: [{ ...inside, ContactGroupId: [1] }],
        CompleteFlag: 1,
      });
    }),
    'recentcontact/mark_contact': row(async (stage) => {
      const { from, to } = await spoken(stage);
      const ContactItem = { Type: 1, To_Account: to };
      const MarkItem = [{ OptType: 3, ContactItem, SetMark: [1], CustomMark: 'mine' }];
      const marked = await restOK(stage.server, `${CONTACTS}/mark_contact`, { From_Account: from, MarkItem });
      has(marked, { ResultItem: [{ ContactItem, ResultCode: 0 }] });
      const found = await restOK(stage.server, `${CONTACTS}/search_contact_group`, {
        From_Account: from,
        ContactItem: [ContactItem],
      });
      has(found, { ContactResultItem: [{ ...ContactItem, CustomMark: 'mine' }] });
    }),
    'recentcontact/get_list': {
      claim: differs('the cursors of time stay 0: `StartIndex` alone leads on', async (stage) => {
        const { from, to } = await spoken(stage);
        has(await sessions(stage, from), [{ Type: 1, To_Account: to, TopFlag: 0 }]);
        const listed = await restOK(stage.server, `${CONTACTS}/get_list`, { From_Account: from });
        has(listed, { TimeStamp: 0, TopTimeStamp: 0 });
      }),
    },
    'recentcontact/delete': row(async (stage) => {
      const { from, to } = await spoken(stage);
      const gone = { From_Account: from, Type: 1, To_Account: to, ClearRamble: 1 };
      await restOK(stage.server, `${CONTACTS}/delete`, gone);
      assert.deepEqual(await sessions(stage, from), []);
    }),
  },
};
