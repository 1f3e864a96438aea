import { changeOwner, removeAccount } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, Town, townWith } from './group-town.ts';

const remove = (town: Town, userID: string) =>
  town.run((state) => removeAccount(state, administrator, userID));

describe('an account that is deleted', () => {
  it('[US14] leaves its groups, which are told', () => {
    const town = townWith({ type: 'Public' });
    expect(remove(town, 'alice')).toMatchObject({
      changes: { members: [['alice', null]], revokes: true },
      events: [
        { scope: 'group:g', event: { name: 'groupMembersUpdated', left: ['alice'], memberCount: 3 } },
        { scope: 'user:alice', event: { name: 'groupLeft', reason: 'removed' } },
      ],
    });
    expect(remove(town, 'alice')).toMatchObject({ changes: {}, events: [] });
    expect(remove(new Town(), 'alice')).toMatchObject({ changes: {}, events: [] });
  });

  it.each(['Work', 'Public', 'Meeting', 'Community'] as const)(
    '[US14] leaves a %s group of its own without an owner, until an administrator names another',
    (type) => {
      const town = townWith({ type });
      expect(remove(town, 'olivia')).toMatchObject({ ok: true });
      expect([town.group?.ownerID, town.members.has('olivia')]).toEqual(['', false]);
      const input = { groupID: 'g', newOwnerID: 'bob' };
      town.must((state) => changeOwner(state, administrator, input));
      expect([town.group?.ownerID, town.members.get('bob')?.role]).toEqual(['bob', 'Owner']);
    },
  );
});
