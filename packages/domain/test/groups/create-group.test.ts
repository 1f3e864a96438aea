import { createGroup, dismissGroup, freshGroupID } from '@muster/domain';
import type { CreateGroupInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { administrator, by, LIMITS, NOW, SECOND, Town, townWith } from './group-town.ts';

const creator = (userID = 'olivia', groupID = 'g') => ({ ...by(userID), groupID, limits: LIMITS });
const create = (town: Town, input: Partial<CreateGroupInput>, who = creator()) =>
  town.run((state) => createGroup(state, who, { name: 'n', ...input }));

describe('a new group', () => {
  it('[GR2] has its creator as owner, and tells him and each member', () => {
    const town = new Town();
    const memberList = [
      { userID: 'adam', role: 'Admin' as const },
      { userID: 'alice' },
      { userID: 'olivia' },
    ];
    const reply = town.must((state) =>
      createGroup(state, creator(), { type: 'Public', name: 'n', memberList }),
    );
    expect(reply).toEqual({
      group: {
        profile: expect.objectContaining({ groupID: 'g', type: 'Public', ownerID: 'olivia', memberCount: 3 }),
        selfInfo: { userID: 'olivia', role: 'Owner', joinTime: SECOND, nameCard: '', muteUntil: 0 },
        seq: 0,
        countersVersion: 0,
      },
      unknownUserIDList: [],
    });
    expect(town.events.map(({ scope }) => scope)).toEqual(['user:olivia', 'user:adam', 'user:alice']);
    expect(town.events[1]?.event).toMatchObject({
      name: 'groupJoined',
      group: { selfInfo: { role: 'Admin' } },
    });
    expect([...town.members.values()].map(({ role }) => role)).toEqual(['Owner', 'Admin', 'Member']);
  });

  it.each([
    ['Work', 'DisableApply', 'FreeAccess', 6],
    ['Public', 'NeedPermission', 'DisableApply', 6],
    ['Meeting', 'FreeAccess', 'DisableApply', 6],
    ['AVChatRoom', 'FreeAccess', 'DisableApply', 1_000_000_000],
    ['Community', 'FreeAccess', 'FreeAccess', 8],
  ] as const)(
    '[GR1] of the type %s starts with %s, %s and room for %i',
    (type, joinOption, inviteOption, most) => {
      const town = townWith({ type }, []);
      expect(town.group).toMatchObject({ type, joinOption, inviteOption, maxMemberCount: most });
    },
  );

  it('[GR1] takes a joinOption where the type leaves the choice, and is Work unless said otherwise', () => {
    expect(townWith({ type: 'Public', joinOption: 'FreeAccess' }).group?.joinOption).toBe('FreeAccess');
    expect(townWith({ type: 'Work', joinOption: 'FreeAccess' }).group?.joinOption).toBe('DisableApply');
    expect(townWith({ type: 'Meeting', joinOption: 'NeedPermission' }).group?.joinOption).toBe('FreeAccess');
    expect(townWith().group?.type).toBe('Work');
  });

  it('[GR2] keeps isSupportTopic for a Community alone', () => {
    expect(townWith({ type: 'Community', isSupportTopic: true }).group?.isSupportTopic).toBe(true);
    expect(townWith({ type: 'Public', isSupportTopic: true }).group?.isSupportTopic).toBe(false);
  });

  it('[GR2] leaves out users who never logged in', () => {
    const memberList = [{ userID: 'nobody' }, { userID: '@bad' }, { userID: 'nobody' }, { userID: 'bob' }];
    expect(create(new Town(), { memberList })).toMatchObject({
      reply: { unknownUserIDList: ['nobody', '@bad'], group: { profile: { memberCount: 2 } } },
    });
  });

  it('[GR7] an AVChatRoom stores no members and tells nobody', () => {
    const town = townWith({ type: 'AVChatRoom' });
    expect([town.members.size, town.group?.memberCount, town.events]).toEqual([0, 0, []]);
  });
});

describe('groupIDs', () => {
  it('[GR3] made by the server begin with @TGS#, and only those of a Community go on with _', () => {
    expect(freshGroupID('Community', 'x1')).toBe('@TGS#_x1');
    expect(freshGroupID(undefined, '_')[5]).not.toBe('_');
    for (const type of ['Public', 'Community'] as const) {
      const groupID = freshGroupID(type, 'abc');
      expect(create(new Town(), { type }, creator('olivia', groupID)).ok).toBe(true);
    }
  });

  it('[GR3] malformed ones are refused', () => {
    for (const groupID of ['@TGS#1', 'é', 'a\n', 'x'.repeat(49), 'a@TOPIC#_b', '@TGS#_c']) {
      expect(create(new Town(), { groupID }, creator('olivia', groupID))).toMatchObject({
        error: 'BAD_GROUP_ID',
      });
    }
    const community = create(
      new Town(),
      { groupID: '@TGS#_c', type: 'Community' },
      creator('olivia', '@TGS#_c'),
    );
    expect(community.ok).toBe(true);
  });

  it('[GR3] a taken one is refused, and says when it is taken by yourself', () => {
    expect(create(townWith(), {}, creator('eve'))).toMatchObject({ error: 'GROUP_ID_TAKEN' });
    expect(create(townWith(), {})).toMatchObject({ error: 'GROUP_ID_TAKEN_BY_YOU' });
  });

  it('[GR3] [GC12] a dismissed one is taken again and goes on with its numbers', () => {
    const town = townWith({ type: 'Public' });
    town.must((state) => dismissGroup(state, administrator));
    town.amend({ countersVersion: 41 });
    const again = create(town, { type: 'Meeting' }, creator('eve'));
    expect(again).toMatchObject({
      reply: { group: { seq: 1, countersVersion: 41, selfInfo: { userID: 'eve' } } },
    });
    expect(town.group).toMatchObject({ generation: 2, endedAt: 0, ownerID: 'eve', memberCount: 1 });
    expect([...town.members.keys()]).toEqual(['eve']);
  });
});

describe('arguments', () => {
  it.each([
    ['name', { name: '' }],
    ['name', { name: 'é'.repeat(16) }],
    ['name', { name: '\ud800' }],
    ['introduction', { introduction: 'x'.repeat(241) }],
    ['notification', { notification: 'a\u0000' }],
    ['avatar', { avatar: 'x'.repeat(501) }],
    ['maxMemberNum', { maxMemberNum: 7 }],
    [
      'groupCustomField',
      {
        groupCustomField: [
          { key: 'k', value: '1' },
          { key: 'k', value: '2' },
        ],
      },
    ],
    ['A key of groupCustomField', { groupCustomField: [{ key: 'é'.repeat(33), value: '' }] }],
    ['memberList', { memberList: [{ userID: 'bob', role: 'Owner' as const }] }],
    ['memberList', { memberList: [{ userID: 'bob', role: 'Admin' as const }] }],
    ['memberList', { memberList: Array.from({ length: 101 }, (_, index) => ({ userID: `u${index}` })) }],
  ])('[GR2] a bad %s is refused by name', (argument, input) => {
    const decision = create(new Town(), input);
    expect(decision).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining(argument),
    });
  });

  it('[GR1] more members than the group may have are refused', () => {
    const memberList = ['adam', 'alice'].map((userID) => ({ userID }));
    expect(create(new Town(), { maxMemberNum: 2, memberList })).toMatchObject({ error: 'GROUP_FULL' });
    expect(create(new Town(), { maxMemberNum: 3, memberList }).ok).toBe(true);
  });

  it('[GR2] what is not given is empty', () => {
    expect(townWith().group).toMatchObject({
      avatar: '',
      introduction: '',
      notification: '',
      groupCustomField: [],
    });
    expect(townWith().group?.createTime).toBe(Math.floor(NOW / 1_000));
  });

  it('[GR2] an administrator may make one without an owner, whose first members are those of memberList', () => {
    const town = new Town();
    const memberList = [{ userID: 'adam', role: 'Admin' as const }];
    const input = { name: 'A group', type: 'Public' as const, withoutOwner: true, memberList };
    const creator = { ...administrator, groupID: 'g', limits: LIMITS };
    const reply = town.must((state) => createGroup(state, creator, input));
    expect(reply.group.profile).toMatchObject({ ownerID: '', memberCount: 1 });
    expect([...town.members].map(([userID, { role }]) => [userID, role])).toEqual([['adam', 'Admin']]);
    expect(town.events.map(({ scope }) => scope)).toEqual(['user:adam']);
    expect(create(new Town(), { withoutOwner: true })).toMatchObject({ error: 'ADMINISTRATOR_NEEDED' });
  });
});
