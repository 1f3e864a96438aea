import { type ApplicationRecord, accept, type GroupChanges, type MemberRecord } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { createGroup, endGroup, groupRecord, memberRecord, replyOf, START } from './fixtures.ts';
import type { Subject } from './subject.ts';

/** One group and its rows. */
export function groups(subject: Subject): void {
  it('[GR2] keeps every field of a group, of a member and of a request to join', async () => {
    const { storage } = await subject.open();
    const group = groupRecord('@TGS#_a b', {
      type: 'Community',
      name: 'Näme "quoted"',
      avatar: 'https://example.org/a.png',
      introduction: 'in',
      notification: 'no',
      ownerID: "o'wner",
      joinOption: 'NeedPermission',
      inviteOption: 'DisableApply',
      isSupportTopic: true,
      maxMemberCount: 100_000,
      memberCount: 1,
      muteAllMembers: true,
      groupCustomField: [{ key: 'k', value: 'v' }],
      messageSeq: 12,
      messagesCounted: 11,
      firstMessageSeq: 3,
    });
    const member: MemberRecord = {
      userID: "o'wner",
      role: 'Owner',
      joinTime: 17,
      nameCard: 'card',
      muteUntil: 99,
      joinSequence: 4,
      joinCounted: 3,
      ownCounted: 2,
    };
    const application: ApplicationRecord = { userID: 'eve', applyMessage: 'let me in', applyTime: 18 };
    await change(storage, group.groupID, {
      group,
      members: [[member.userID, member]],
      applications: [['eve', application]],
    });
    const state = await storage.groups.read(group.groupID, [member.userID, 'eve']);
    expect(state.group).toEqual(group);
    expect([...state.members]).toEqual([[member.userID, member]]);
    expect([...state.applications]).toEqual([['eve', application]]);
  });

  it('shows a rule the rows it names, and no others', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob', 'eve']);
    await storage.devices.login({ userID: 'bob', now: START });
    const state = await storage.groups.read('g', ['bob', 'nobody']);
    expect([...state.members.keys()]).toEqual(['bob']);
    expect([...state.users]).toEqual(['bob']);
    expect(await storage.groups.read('nowhere', ['bob'])).toMatchObject({
      group: undefined,
      members: new Map(),
    });
    let seen: unknown;
    await storage.groups.update({
      groupID: 'g',
      userIDs: ['eve', 'bob'],
      now: START,
      decide: (shown) => {
        seen = [[...shown.members.keys()].sort(), [...shown.users]];
        return accept({}, null);
      },
    });
    expect(seen).toEqual([['bob', 'eve'], ['bob']]);
  });

  it('changes, adds and removes rows', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob', 'eve']);
    await change(storage, 'g', {
      applications: [['zoe', { userID: 'zoe', applyMessage: '', applyTime: 1 }]],
    });
    await change(storage, 'g', {
      members: [
        ['bob', null],
        ['eve', memberRecord('eve', 'Admin')],
        ['zoe', memberRecord('zoe')],
      ],
      applications: [['zoe', null]],
      revokes: true,
    });
    const state = await storage.groups.read('g', ['owner', 'bob', 'eve', 'zoe']);
    expect([...state.members.values()].map(({ userID, role }) => `${userID} ${role}`).sort()).toEqual([
      'eve Admin',
      'owner Owner',
      'zoe Member',
    ]);
    expect(state.applications.size).toBe(0);
  });

  it('a change that names no group leaves it as it is', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob'], { name: 'Old' });
    const { group } = await storage.groups.read('g', []);
    await change(storage, 'g', { members: [['bob', memberRecord('bob', 'Admin')]] });
    expect((await storage.groups.read('g', [])).group).toEqual(group);
  });

  it('[GR4] an ended group stays as a record, without its rows', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await endGroup(storage, 'g', START + 5);
    const state = await storage.groups.read('g', ['owner', 'bob']);
    expect(state.group).toMatchObject({ endedAt: START + 5, generation: 1, seq: 1 });
    await storage.maintain(START + 10);
    expect((await storage.groups.read('g', [])).group).toMatchObject({ endedAt: START + 5 });
  });

  it.each([false, true])(
    '[GR3] a groupID that is taken again begins anew (maintained between: %s)',
    async (maintained) => {
      const { storage } = await subject.open();
      await createGroup(storage, 'g', ['owner', 'bob', 'eve']);
      await change(storage, 'g', {
        applications: [['zoe', { userID: 'zoe', applyMessage: '', applyTime: 1 }]],
      });
      await endGroup(storage, 'g');
      if (maintained) await storage.maintain(START + 10);
      await createGroup(storage, 'g', ['eve', 'tom']);
      const state = await storage.groups.read('g', ['owner', 'bob', 'eve', 'tom', 'zoe']);
      expect(state.group).toMatchObject({
        generation: 2,
        ownerID: 'eve',
        memberCount: 2,
        endedAt: 0,
        seq: 1,
      });
      expect([...state.members.keys()].sort()).toEqual(['eve', 'tom']);
      expect(state.members.get('eve')?.role).toBe('Owner');
      expect(state.applications.size).toBe(0);
      if (!maintained) await storage.maintain(START + 10);
      expect(await storage.groups.members('g', { offset: 0, count: 10 })).toHaveLength(2);
      expect((await storage.groupCounters.read('g', 'bob', false)).actor.role).toBeUndefined();
      expect((await storage.groupCounters.read('g', 'tom', false)).actor.role).toBe('Member');
    },
  );

  it('[GR3] storage alone raises the numbers of a group', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await change(storage, 'g', { group: groupRecord('g', { seq: 70, countersVersion: 70, name: 'New' }) });
    const { group } = await storage.groups.read('g', []);
    expect(group).toMatchObject({ name: 'New', seq: 0, countersVersion: 0 });
  });
}

export async function change(storage: Storage, groupID: string, changes: GroupChanges): Promise<void> {
  replyOf(
    await storage.groups.update({ groupID, userIDs: [], now: START, decide: () => accept(changes, null) }),
  );
}
