import type { MemberRecord } from '@muster/domain';
import { expect, it } from 'vitest';
import { createGroup, endGroup, memberRecord, removeMember } from './fixtures.ts';
import { change } from './groups.ts';
import type { Subject } from './subject.ts';

/** What is asked for over many rows: lists, pages, what a user is in. */
export function groupLists(subject: Subject): void {
  it('[GR2] lists the living groups of a user in the order in which he joined', async () => {
    const { storage } = await subject.open();
    const times: [string, number][] = [
      ['late', 30],
      ['early', 10],
      ['middle', 20],
      ['ended', 5],
      ['left', 6],
    ];
    for (const [groupID, time] of times) {
      await createGroup(storage, groupID, ['owner', 'bob']);
      await change(storage, groupID, { members: [['bob', memberRecord('bob', 'Member', time)]] });
    }
    await createGroup(storage, 'room', ['bob'], { type: 'AVChatRoom' });
    await endGroup(storage, 'ended');
    await removeMember(storage, 'left', 'bob');
    const joined = await storage.groups.joined('bob');
    expect(joined.map(({ group, member }) => [group.groupID, member.userID, member.joinTime])).toEqual([
      ['early', 'bob', 10],
      ['middle', 'bob', 20],
      ['late', 'bob', 30],
    ]);
    expect(joined[0]?.group).toEqual((await storage.groups.read('early', [])).group);
    expect(await storage.groups.joined('nobody')).toEqual([]);
  });

  it('[GR2] gives members page by page, by the time of joining and then by userID', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner']);
    // By code points: U+FFFD before U+1F600, though not so in UTF-16.
    const sorted = ['A', 'B', 'a', 'é', '\ufffd', '😀'];
    const members = sorted
      .toReversed()
      .map((userID): [string, MemberRecord] => [userID, memberRecord(userID, 'Member', 7)]);
    await change(storage, 'g', {
      members: [
        ...members,
        ['owner', memberRecord('owner', 'Owner', 3)],
        ['last', memberRecord('last', 'Admin', 9)],
      ],
    });
    const page = async (offset: number, count: number, role?: string) =>
      (await storage.groups.members('g', { offset, count, ...(role !== undefined && { role }) })).map(
        ({ userID }) => userID,
      );
    expect(await page(0, 100)).toEqual(['owner', ...sorted, 'last']);
    expect([await page(0, 3), await page(3, 3), await page(6, 3), await page(9, 3)]).toEqual([
      ['owner', 'A', 'B'],
      ['a', 'é', '\ufffd'],
      ['😀', 'last'],
      [],
    ]);
    expect(await page(0, 10, 'Admin')).toEqual(['last']);
    expect(await page(1, 2, 'Member')).toEqual(['B', 'a']);
    expect(await storage.groups.members('nowhere', { offset: 0, count: 10 })).toEqual([]);
  });

  it('[GR4] the member list of an ended group is empty', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['owner', 'bob']);
    await endGroup(storage, 'g');
    expect(await storage.groups.members('g', { offset: 0, count: 10 })).toEqual([]);
    expect(await storage.groups.joined('bob')).toEqual([]);
  });

  it('[GR1] shows owner and admins the open requests to join, the oldest first', async () => {
    const { storage } = await subject.open();
    for (const groupID of ['g', 'h', 'ended']) {
      await createGroup(storage, groupID, ['owner', 'admin', 'bob']);
      await change(storage, groupID, {
        members: [['admin', memberRecord('admin', groupID === 'g' ? 'Admin' : 'Member')]],
      });
    }
    const apply = (groupID: string, userID: string, applyTime: number) =>
      change(storage, groupID, {
        applications: [[userID, { userID, applyMessage: `from ${userID}`, applyTime }]],
      });
    await apply('g', 'late', 30);
    await apply('h', 'middle', 20);
    await apply('g', 'early', 10);
    await apply('ended', 'gone', 5);
    await endGroup(storage, 'ended');
    const open = async (userID: string) =>
      (await storage.groups.applications(userID)).map(
        ({ group, application }) => `${group.groupID} ${application.userID}`,
      );
    expect(await open('owner')).toEqual(['g early', 'h middle', 'g late']);
    expect(await open('admin')).toEqual(['g early', 'g late']);
    expect(await open('bob')).toEqual([]);
    const [first] = await storage.groups.applications('admin');
    expect(first?.application).toEqual({ userID: 'early', applyMessage: 'from early', applyTime: 10 });
  });
}
