import { setRole } from '@muster/domain';
import type { Role } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { administrator, by, Town, townWith } from './group-town.ts';

const set = (town: Town, asker: ReturnType<typeof by>, userID: string, role: Role) =>
  town.run((state) => setRole(state, asker, { groupID: 'g', userID, role }));

describe('setting roles', () => {
  it('[GR2] makes a member an admin and an admin a member', () => {
    const town = townWith({ type: 'Public' });
    expect(set(town, by('olivia'), 'bob', 'Admin')).toMatchObject({
      reply: { member: { userID: 'bob', role: 'Admin' } },
    });
    expect(town.events).toMatchObject([
      { scope: 'group:g', event: { name: 'groupMembersUpdated', roles: [{ userID: 'bob', role: 'Admin' }] } },
    ]);
    expect(set(town, by('olivia'), 'bob', 'Member')).toMatchObject({ changes: { revokes: true } });
    expect(set(town, administrator, 'bob', 'Member')).toMatchObject({ changes: {}, events: [] });
  });

  it('[GR1] is for the owner and administrators', () => {
    for (const userID of ['adam', 'alice', 'eve']) {
      expect(set(townWith({ type: 'Public' }), by(userID), 'bob', 'Admin')).toMatchObject({
        error: 'NOT_PERMITTED',
      });
    }
  });

  it.each(['Work', 'AVChatRoom'] as const)('[GR1] a %s has no admins', (type) => {
    expect(set(townWith({ type }), by('olivia'), 'alice', 'Admin')).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR2] needs a member, and ownership goes another way', () => {
    const town = townWith({ type: 'Public' });
    for (const [userID, role] of [
      ['eve', 'Admin'],
      ['bob', 'Owner'],
      ['olivia', 'Member'],
    ] as const) {
      expect(set(town, by('olivia'), userID, role)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    }
    expect(set(new Town(), by('olivia'), 'bob', 'Admin')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});
