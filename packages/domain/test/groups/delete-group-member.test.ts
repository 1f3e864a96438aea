import { removeMembers } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, Town, townWith } from './group-town.ts';

const remove = (town: Town, userID: string, userIDList: string[], other = {}) =>
  town.run((state) => removeMembers(state, by(userID, other), { groupID: 'g', userIDList }));

describe('removing members', () => {
  it('[GR2] tells the group and those removed; one who is no member is no mistake', () => {
    const town = townWith({ type: 'Public' });
    expect(remove(town, 'adam', ['bob', 'eve', 'bob'])).toMatchObject({
      changes: { revokes: true, members: [['bob', null]] },
      reply: { userIDList: ['bob', 'eve'] },
    });
    expect(town.events).toMatchObject([
      { scope: 'group:g', event: { name: 'groupMembersUpdated', memberCount: 3, left: ['bob'] } },
      { scope: 'user:bob', event: { name: 'groupLeft', reason: 'removed', operatorID: 'adam' } },
    ]);
    expect(remove(town, 'adam', ['bob'])).toMatchObject({
      changes: {},
      events: [],
      reply: { userIDList: ['bob'] },
    });
  });

  it('[GR1] the owner, admins and administrators may, members and others may not', () => {
    for (const userID of ['alice', 'eve']) {
      expect(remove(townWith({ type: 'Public' }), userID, ['bob'])).toMatchObject({ error: 'NOT_PERMITTED' });
      expect(remove(townWith(), userID, ['bob'])).toMatchObject({ error: 'NOT_PERMITTED' });
    }
    expect(remove(townWith(), 'olivia', ['bob']).ok).toBe(true);
    expect(remove(townWith(), 'administrator', ['bob'], administrator).ok).toBe(true);
  });

  it('[GR1] admins are removed by the owner alone, the owner by nobody', () => {
    const members = [
      { userID: 'adam', role: 'Admin' as const },
      { userID: 'alice', role: 'Admin' as const },
    ];
    const town = townWith({ type: 'Public', memberList: members });
    for (const target of ['alice', 'adam', 'olivia']) {
      expect(remove(town, 'adam', ['bob', target])).toMatchObject({ error: 'NOT_PERMITTED' });
    }
    expect(remove(town, 'olivia', ['alice']).ok).toBe(true);
    expect(remove(town, 'olivia', ['olivia'])).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(remove(town, 'administrator', ['olivia'], administrator)).toMatchObject({
      error: 'NOT_PERMITTED',
    });
  });

  it('[GR7] nobody is removed from an AVChatRoom', () => {
    expect(remove(townWith({ type: 'AVChatRoom' }), 'olivia', ['eve'])).toMatchObject({
      error: 'NOT_PERMITTED',
    });
  });

  it('[SE1] arguments have their limits', () => {
    expect(remove(townWith(), 'olivia', [])).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    const reasoned = { groupID: 'g', userIDList: ['bob'], reason: 'x'.repeat(301) };
    const decision = townWith().run((state) => removeMembers(state, by('olivia'), reasoned));
    expect(decision).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining('reason'),
    });
    expect(remove(new Town(), 'olivia', ['bob'])).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});
