/** Groups and their members over REST v4. */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heard, listeningDevice } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

let muster: Muster;
let made = 0;
let GroupId: string;

beforeAll(async () => {
  muster = await startMuster();
  await importAccounts(muster, 'alice', 'bob', 'carl');
});
afterAll(() => muster.close());
beforeEach(async () => {
  made += 1;
  GroupId = `group${made}`;
});

const ask = (command: string, body: object) => restOK(muster, `group_open_http_svc/${command}`, body);
const codeOf = async (command: string, body: object): Promise<number> =>
  (await rest(muster, `group_open_http_svc/${command}`, body)).body.ErrorCode;

const create = (more: object = {}) =>
  ask('create_group', { Owner_Account: 'alice', Type: 'Public', GroupId, Name: 'A group', ...more });

/** What a group is described as. */
async function infoOf(groupID: unknown = GroupId): Promise<Record<string, unknown> | undefined> {
  return (
    (await ask('get_group_info', { GroupIdList: [groupID] })).GroupInfo as Record<string, unknown>[]
  )[0];
}

describe('create_group', () => {
  it('[GR2][RS3] makes one for its owner, with first members, who hear of it', async () => {
    const [alice, bob] = [await listeningDevice(muster, 'alice'), await listeningDevice(muster, 'bob')];
    const described = {
      Introduction: 'Introduced',
      Notification: 'Notified',
      FaceUrl: 'https://example.com/g.png',
      MaxMemberCount: 50,
      ApplyJoinOption: 'FreeAccess',
      AppDefinedData: [{ Key: 'color', Value: 'red' }],
    };
    const MemberList = [{ Member_Account: 'bob', Role: 'Admin' }, { Member_Account: 'carl' }];
    expect(await create({ ...described, MemberList })).toEqual({ GroupId, Type: 'Public' });
    expect(await heard(alice, 'groupJoined')).toMatchObject({ reason: 'created', operatorID: 'alice' });
    expect(await heard(bob, 'groupJoined')).toMatchObject({ reason: 'added', operatorID: 'alice' });
    const { MaxMemberCount, ...told } = described;
    expect(await infoOf()).toMatchObject({
      ...{ GroupId, ErrorCode: 0, ErrorInfo: '', Type: 'Public', Name: 'A group', Owner_Account: 'alice' },
      ...{ ...told, MaxMemberNum: MaxMemberCount, MemberNum: 3, NextMsgSeq: 1, ShutUpAllMember: 'Off' },
      MemberList: [
        { Member_Account: 'alice', Role: 'Owner' },
        { Member_Account: 'bob', Role: 'Admin' },
        { Member_Account: 'carl', Role: 'Member' },
      ],
    });
    for (const device of [alice, bob]) device.close();
  });

  it.each([
    ['Private', 'Private', /^@TGS#[^_]/],
    ['Work', 'Private', /^@TGS#[^_]/],
    ['Public', 'Public', /^@TGS#[^_]/],
    ['ChatRoom', 'ChatRoom', /^@TGS#[^_]/],
    ['Meeting', 'ChatRoom', /^@TGS#[^_]/],
    ['AVChatRoom', 'AVChatRoom', /^@TGS#[^_]/],
    ['Community', 'Community', /^@TGS#_/],
  ])('[RS8][GR3] takes the type %s, which it calls %s, and makes groupIDs', async (Type, told, form) => {
    const answer = await create({ Type, GroupId: undefined });
    expect(answer).toEqual({ GroupId: expect.stringMatching(form), Type: told });
    expect(await infoOf(answer.GroupId)).toMatchObject({ Type: told, Owner_Account: 'alice' });
  });

  it('[RS8] without an owner makes a group without one', async () => {
    await create({ Owner_Account: undefined, MemberList: [{ Member_Account: 'bob' }] });
    expect(await infoOf()).toMatchObject({
      Owner_Account: '',
      MemberNum: 1,
      MemberList: [{ Member_Account: 'bob', Role: 'Member' }],
    });
    expect(await ask('change_group_owner', { GroupId, NewOwner_Account: 'bob' })).toEqual({});
    expect(await infoOf()).toMatchObject({ Owner_Account: 'bob', MemberList: [{ Role: 'Owner' }] });
  });

  it('[GR3][RS5] refuses ids, names, types and owners', async () => {
    await create();
    expect(await codeOf('create_group', { Owner_Account: 'alice', Type: 'Public', GroupId, Name: 'n' })).toBe(
      10025,
    );
    const body = { Owner_Account: 'bob', Type: 'Public', GroupId, Name: 'n' };
    expect(await codeOf('create_group', body)).toBe(10021);
    expect(await codeOf('create_group', { ...body, GroupId: '@TGS#own' })).toBe(10015);
    expect(await codeOf('create_group', { ...body, GroupId: 'ä' })).toBe(10015);
    expect(await codeOf('create_group', { ...body, Owner_Account: 'nobody' })).toBe(10019);
    for (const wrong of [
      { Name: undefined },
      { Name: '' },
      { Name: 'x'.repeat(31) },
      { Type: undefined },
      { Type: 'Secret' },
      { MemberList: 'bob' },
      { MemberList: [{}] },
      { Owner_Account: 5 },
    ])
      expect(await codeOf('create_group', { ...body, GroupId: 'fresh', ...wrong })).toBe(10004);
  });
});

describe('groups that there are', () => {
  it('[RS5] get_group_info tells of each group, 1 to 50', async () => {
    await create();
    const { GroupInfo } = await ask('get_group_info', { GroupIdList: [GroupId, 'absent', 5] });
    expect(GroupInfo).toMatchObject([
      { GroupId, ErrorCode: 0 },
      { GroupId: 'absent', ErrorCode: 10010 },
      { GroupId: 5, ErrorCode: 10004 },
    ]);
    for (const GroupIdList of [undefined, [], 'g', Array.from({ length: 51 }, () => 'g')])
      expect(await codeOf('get_group_info', { GroupIdList })).toBe(10004);
  });

  it('[GR2] modify_group_base_info changes what is given, and members hear of it', async () => {
    await create();
    const alice = await listeningDevice(muster, 'alice');
    expect(await ask('modify_group_base_info', { GroupId, Name: 'Other', ShutUpAllMember: 'On' })).toEqual(
      {},
    );
    expect((await heard(alice, 'groupProfileUpdated')).profile).toMatchObject({
      name: 'Other',
      muteAllMembers: true,
    });
    expect(await codeOf('modify_group_base_info', { GroupId, Name: '' })).toBe(10004);
    expect(await codeOf('modify_group_base_info', { GroupId: 'absent', Name: 'n' })).toBe(10010);
    alice.close();
  });

  it('[GR4] destroy_group ends any group, and members hear of it', async () => {
    await create({ Type: 'Work' });
    const alice = await listeningDevice(muster, 'alice');
    expect(await ask('destroy_group', { GroupId })).toEqual({});
    expect(await heard(alice, 'groupDismissed')).toMatchObject({ groupID: GroupId });
    expect(await codeOf('destroy_group', { GroupId })).toBe(10010);
    expect(await codeOf('destroy_group', {})).toBe(10004);
    alice.close();
  });

  it('[RS3] get_joined_group_list tells the groups of an account', async () => {
    await importAccounts(muster, 'joiner');
    const own = (id: string, Type: string) => create({ Owner_Account: 'joiner', GroupId: id, Type });
    await own('joined1', 'Public');
    await own('joined2', 'Private');
    await own('joined3', 'Public');
    const list = (more: object = {}) => ask('get_joined_group_list', { Member_Account: 'joiner', ...more });
    expect(await list()).toEqual({
      TotalCount: 3,
      GroupIdList: [{ GroupId: 'joined1' }, { GroupId: 'joined2' }, { GroupId: 'joined3' }],
    });
    expect(await list({ Offset: 1, Limit: 1 })).toMatchObject({
      TotalCount: 3,
      GroupIdList: [{ GroupId: 'joined2' }],
    });
    const ResponseFilter = {
      GroupBaseInfoFilter: ['Type', 'MemberNum'],
      SelfInfoFilter: ['Role', 'MsgFlag'],
    };
    expect(await list({ GroupType: 'Private', ResponseFilter })).toEqual({
      TotalCount: 1,
      GroupIdList: [
        {
          ...{ GroupId: 'joined2', Type: 'Private', MemberNum: 1 },
          SelfInfo: { Role: 'Owner', MsgFlag: 'AcceptAndNotify' },
        },
      ],
    });
    expect(await codeOf('get_joined_group_list', { Member_Account: 'nobody' })).toBe(10019);
    expect(await codeOf('get_joined_group_list', {})).toBe(10004);
  });
});

describe('members', () => {
  it('[GR1][RS5] add_group_member answers for each, and delete_group_member removes', async () => {
    await create({ MemberList: [{ Member_Account: 'bob' }] });
    const carl = await listeningDevice(muster, 'carl');
    const MemberList = ['carl', 'bob', 'nobody', 'carl'].map((Member_Account) => ({ Member_Account }));
    expect(await ask('add_group_member', { GroupId, Silence: 1, MemberList })).toEqual({
      MemberList: [
        { Member_Account: 'carl', Result: 1 },
        { Member_Account: 'bob', Result: 2 },
        { Member_Account: 'nobody', Result: 0 },
      ],
    });
    expect(await heard(carl, 'groupJoined')).toMatchObject({ operatorID: 'administrator' });
    const MemberToDel_Account = ['carl', 'nobody'];
    expect(await ask('delete_group_member', { GroupId, MemberToDel_Account, Reason: 'why' })).toEqual({});
    expect(await heard(carl, 'groupLeft')).toMatchObject({ reason: 'removed', groupID: GroupId });
    expect(await codeOf('delete_group_member', { GroupId, MemberToDel_Account: ['alice'] })).toBe(10007);
    for (const list of [undefined, [], 'bob', [5]]) {
      expect(await codeOf('delete_group_member', { GroupId, MemberToDel_Account: list })).toBe(10004);
      expect(await codeOf('add_group_member', { GroupId, MemberList: list })).toBe(10004);
    }
    carl.close();
  });

  it('[GR2] get_group_member_info pages through them', async () => {
    await create({ MemberList: [{ Member_Account: 'bob', Role: 'Admin' }, { Member_Account: 'carl' }] });
    const page = (more: object) => ask('get_group_member_info', { GroupId, ...more });
    expect(await page({})).toMatchObject({
      MemberNum: 3,
      MemberList: [
        { Member_Account: 'alice', Role: 'Owner', JoinTime: expect.any(Number), ShutUpUntil: 0 },
        { Member_Account: 'bob', Role: 'Admin' },
        { Member_Account: 'carl', Role: 'Member' },
      ],
    });
    expect(await page({ Limit: 2, Offset: 2 })).toMatchObject({
      MemberNum: 3,
      MemberList: [{ Member_Account: 'carl' }],
    });
    expect(await page({ Limit: 2, Next: '' })).toMatchObject({ Next: '2' });
    expect(await page({ Limit: 2, Next: '2' })).toMatchObject({ Next: '' });
    expect((await page({ MemberRoleFilter: ['Admin'] })).MemberList).toMatchObject([
      { Member_Account: 'bob' },
    ]);
    expect(await codeOf('get_group_member_info', { GroupId: 'absent' })).toBe(10010);
    expect(await codeOf('get_group_member_info', { GroupId, Offset: -1 })).toBe(10004);
  });

  it('[RS5] get_role_in_group answers for each account', async () => {
    await create({ MemberList: [{ Member_Account: 'bob', Role: 'Admin' }] });
    const User_Account = ['carl', 'bob', 'alice', 'nobody'];
    expect(await ask('get_role_in_group', { GroupId, User_Account })).toEqual({
      UserIdList: [
        { Member_Account: 'carl', Role: 'NotMember' },
        { Member_Account: 'bob', Role: 'Admin' },
        { Member_Account: 'alice', Role: 'Owner' },
        { Member_Account: 'nobody', Role: 'NotMember' },
      ],
    });
    expect(await codeOf('get_role_in_group', { GroupId })).toBe(10004);
    expect(await codeOf('get_role_in_group', { GroupId: 'absent', User_Account })).toBe(10010);
  });

  it('[GR2] change_group_owner makes another member the owner', async () => {
    await create({ MemberList: [{ Member_Account: 'bob' }] });
    const bob = await listeningDevice(muster, 'bob');
    expect(await ask('change_group_owner', { GroupId, NewOwner_Account: 'bob' })).toEqual({});
    expect((await heard(bob, 'groupMembersUpdated')).roles).toEqual([
      { userID: 'alice', role: 'Member' },
      { userID: 'bob', role: 'Owner' },
    ]);
    expect(await codeOf('change_group_owner', { GroupId, NewOwner_Account: 'carl' })).toBe(10004);
    expect(await codeOf('change_group_owner', { GroupId })).toBe(10004);
    bob.close();
  });
});
