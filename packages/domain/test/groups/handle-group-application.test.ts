import { handleApplication, joinGroup } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, Town, townWith } from './group-town.ts';

type Answer = 'Agree' | 'Reject';
const handle = (town: Town, asker: ReturnType<typeof by>, handleAction: Answer, other = {}) =>
  town.run((state) =>
    handleApplication(state, asker, { groupID: 'g', applicant: 'eve', handleAction, ...other }),
  );

function townWithRequest(): Town {
  const town = townWith({ type: 'Public', maxMemberNum: 5 });
  town.must((state) => joinGroup(state, by('eve'), { groupID: 'g' }));
  return town;
}

describe('requests to join', () => {
  it('[GR1] agreed to make a member, with what the group and he are told', () => {
    const town = townWithRequest();
    expect(handle(town, by('adam'), 'Agree')).toMatchObject({ reply: { groupID: 'g' } });
    expect(town.events.map(({ scope, event }) => `${scope} ${event.name}`)).toEqual([
      'group:g groupMembersUpdated',
      'user:eve groupJoined',
    ]);
    expect(town.events.map(({ event }) => event)).toMatchObject([
      { operatorID: 'adam' },
      { operatorID: 'adam', reason: 'added' },
    ]);
    expect([town.applications.size, town.members.get('eve')?.role, town.group?.memberCount]).toEqual([
      0,
      'Member',
      5,
    ]);
  });

  it('[GR1] rejected are closed without a word', () => {
    const town = townWithRequest();
    expect(handle(town, administrator, 'Reject')).toMatchObject({ events: [] });
    expect([town.applications.size, town.members.has('eve')]).toEqual([0, false]);
    expect(handle(town, by('olivia'), 'Agree')).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[GR1] are decided by owner, admins and administrators', () => {
    for (const userID of ['alice', 'eve', 'frank']) {
      expect(handle(townWithRequest(), by(userID), 'Agree')).toMatchObject({ error: 'NOT_PERMITTED' });
    }
    expect(handle(new Town(), by('alice'), 'Agree')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('[GR1] stay open when the group is full', () => {
    const town = townWithRequest();
    town.amend({ maxMemberCount: 4 });
    expect(handle(town, by('adam'), 'Agree')).toMatchObject({ error: 'GROUP_FULL' });
    expect(town.applications.size).toBe(1);
  });

  it('[GR1] of one who is a member by now are closed', () => {
    const town = townWithRequest();
    const bob = town.members.get('bob');
    if (!bob) throw new Error('bob is a member');
    town.members.set('eve', { ...bob, userID: 'eve' });
    expect(handle(town, by('adam'), 'Agree')).toMatchObject({
      changes: { applications: [['eve', null]] },
      events: [],
    });
  });

  it('[US14] of an account that was deleted meanwhile are closed', () => {
    const town = townWithRequest();
    const agreed = town.run((state) => {
      const users = new Set([...state.users].filter((userID) => userID !== 'eve'));
      const input = { groupID: 'g', applicant: 'eve', handleAction: 'Agree' as const };
      return handleApplication({ ...state, users }, by('adam'), input);
    });
    expect(agreed).toMatchObject({
      changes: { applications: [['eve', null]] },
      events: [],
    });
  });

  it('[GR1] are answered in at most 300 bytes', () => {
    const handleMessage = 'x'.repeat(301);
    expect(handle(townWithRequest(), by('adam'), 'Agree', { handleMessage })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
    });
  });
});
