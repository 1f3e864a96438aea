import { changeOwner, createGroup, dismissGroup, joinGroup, roleOf } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, LIMITS, NOW, SECOND, Town, townWith } from './group-town.ts';

const join = (town: Town, asker: ReturnType<typeof by>, applyMessage?: string) =>
  town.run((state) =>
    joinGroup(state, asker, { groupID: 'g', ...(applyMessage === undefined ? {} : { applyMessage }) }),
  );

describe('joining', () => {
  it('[GR1] a free group makes a member and tells the group and him, from where its log then stands', () => {
    const town = townWith({ type: 'Meeting' });
    const decision = join(town, by('eve', { by: { device: 3, seq: 9 } }));
    expect(decision).toMatchObject({
      reply: {
        status: 'JoinedSuccess',
        group: {
          seq: 1,
          profile: { memberCount: 5 },
          selfInfo: { userID: 'eve', role: 'Member', joinTime: SECOND },
        },
        profile: { memberCount: 5 },
        leftGroupIDList: [],
      },
    });
    const group = { profile: expect.objectContaining({ memberCount: 5 }), seq: 1 };
    expect(town.events).toMatchObject([
      {
        scope: 'group:g',
        event: { name: 'groupMembersUpdated', memberCount: 5, joined: ['eve'], left: [], roles: [] },
      },
      { scope: 'user:eve', event: { name: 'groupJoined', group, reason: 'joined', operatorID: 'eve' } },
    ]);
    expect(town.events.every(({ event }) => event.by?.seq === 9)).toBe(true);
    expect(town.group?.seq).toBe(1);
  });

  it('[GR1] a member is told that he is one, and nothing changes', () => {
    const town = townWith({ type: 'Meeting' });
    expect(join(town, by('alice'))).toMatchObject({
      changes: {},
      events: [],
      reply: { status: 'AlreadyInGroup', group: { seq: 0, selfInfo: { userID: 'alice' } } },
    });
  });

  it('[GR1] Work and DisableApply take no requests', () => {
    expect(join(townWith(), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    const closed = townWith({ type: 'Public', joinOption: 'DisableApply' });
    expect(join(closed, by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR1] NeedPermission leaves a request, and a second one takes its place', () => {
    const town = townWith({ type: 'Public' });
    expect(join(town, by('eve'), 'please')).toMatchObject({
      events: [],
      reply: { status: 'WaitAdminApproval', group: null, profile: { groupID: 'g', memberCount: 4 } },
    });
    join(town, by('eve', { now: NOW + 1_000 }));
    expect([...town.applications.values()]).toEqual([
      { userID: 'eve', applyMessage: '', applyTime: SECOND + 1 },
    ]);
    expect(join(town, by('eve'), 'x'.repeat(301))).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[GR1] a full group refuses', () => {
    expect(join(townWith({ type: 'Meeting', maxMemberNum: 4 }), by('eve'))).toMatchObject({
      error: 'GROUP_FULL',
    });
  });

  it('[GR3] a group that is absent or dismissed is refused', () => {
    expect(join(new Town(), by('eve'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    const town = townWith({ type: 'Meeting' });
    town.must((state) => dismissGroup(state, administrator));
    expect(join(town, by('alice'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});

describe('what was said before', () => {
  const said = { messageSeq: 7, messagesCounted: 5 };

  it('[CV1] [GR1] a conversation appears on joining, with nothing in it and nothing unread', () => {
    const town = townWith({ type: 'Meeting' });
    town.amend(said);
    join(town, by('eve'));
    const tally = { sequence: 7, counted: 5, own: 0 };
    expect(town.events[1]?.event).toMatchObject({
      group: { profile: { nextMessageSeq: 8 } },
      conversation: {
        state: {
          conversationID: 'GROUPg',
          isPinned: false,
          messageRemindType: 'AcceptAndNotify',
          read: tally,
          hiddenThrough: -1,
          clearedThrough: 0,
        },
        tally,
        appearedAt: SECOND * 1_000,
        lastMessage: null,
        mentions: [],
        peer: null,
      },
    });
    expect(town.members.get('eve')).toMatchObject({ joinSequence: 7, joinCounted: 5, ownCounted: 0 });
  });

  it('[GR3] a groupID that is taken again goes on with its numbers, and begins with no message', () => {
    const town = townWith({ type: 'Public' });
    town.amend(said);
    town.must((state) => dismissGroup(state, administrator));
    const creator = { ...by('eve'), groupID: 'g', limits: LIMITS };
    const { group } = town.must((state) => createGroup(state, creator, { name: 'again' }));
    expect(group.profile.nextMessageSeq).toBe(8);
    expect(town.group).toMatchObject({ ...said, firstMessageSeq: 7 });
    expect(town.events[0]?.event).toMatchObject({ reason: 'created', operatorID: 'eve' });
    expect(town.members.get('eve')).toMatchObject({ joinSequence: 7, joinCounted: 5 });
  });
});

describe('AVChatRooms', () => {
  it('[GR7] are joined by devices, without a word to anybody', () => {
    const town = townWith({ type: 'AVChatRoom' });
    expect(join(town, by('eve', { device: 5 }))).toMatchObject({
      events: [],
      changes: { roomDevices: [[5, { device: 5, userID: 'eve', joinTime: SECOND }]] },
      reply: { status: 'JoinedSuccess', group: { seq: 0, selfInfo: { role: 'Member', joinTime: SECOND } } },
    });
    const later = join(town, by('eve', { device: 5, now: NOW + 9_000 }));
    expect(later).toMatchObject({
      changes: {},
      reply: { status: 'AlreadyInGroup', group: { selfInfo: { joinTime: SECOND } } },
    });
    expect(join(town, by('eve', { device: 6 }))).toMatchObject({ reply: { status: 'JoinedSuccess' } });
    expect([roleOf(town.state, 'eve'), roleOf(town.state, 'bob')]).toEqual(['Member', undefined]);
  });

  it('[GR7] refuse whoever has no device', () => {
    expect(join(townWith({ type: 'AVChatRoom' }), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR7] know their owner, in the room or not, and keep him', () => {
    const town = townWith({ type: 'AVChatRoom' });
    expect(roleOf(town.state, 'olivia')).toBe('Owner');
    expect(join(town, by('olivia', { device: 1 }))).toMatchObject({
      reply: { group: { selfInfo: { role: 'Owner' } } },
    });
    join(town, by('eve', { device: 2 }));
    const change = town.refused((state) =>
      changeOwner(state, by('olivia'), { groupID: 'g', newOwnerID: 'eve' }),
    );
    expect(change).toBe('NOT_PERMITTED');
  });
});
