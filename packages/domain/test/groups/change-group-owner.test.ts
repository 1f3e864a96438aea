import { changeOwner, quitGroup, roleOf } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, Town, townWith } from './group-town.ts';

const change = (town: Town, asker: ReturnType<typeof by>, newOwnerID: string) =>
  town.run((state) => changeOwner(state, asker, { groupID: 'g', newOwnerID }));

describe('changing the owner', () => {
  it('[GR2] makes the old one a member and tells the group twice', () => {
    const town = townWith({ type: 'Public' });
    expect(change(town, by('olivia'), 'adam')).toMatchObject({
      changes: { revokes: true },
      reply: {
        group: { seq: 2, profile: { ownerID: 'adam' }, selfInfo: { userID: 'olivia', role: 'Member' } },
      },
    });
    expect(town.events).toMatchObject([
      {
        scope: 'group:g',
        event: {
          name: 'groupMembersUpdated',
          roles: [
            { userID: 'olivia', role: 'Member' },
            { userID: 'adam', role: 'Owner' },
          ],
        },
      },
      { scope: 'group:g', event: { name: 'groupProfileUpdated', profile: { ownerID: 'adam' } } },
    ]);
    expect([roleOf(town.state, 'olivia'), roleOf(town.state, 'adam')]).toEqual(['Member', 'Owner']);
  });

  it('[GR2] is for the owner and administrators', () => {
    for (const userID of ['adam', 'alice', 'eve']) {
      expect(change(townWith({ type: 'Public' }), by(userID), 'bob')).toMatchObject({
        error: 'NOT_PERMITTED',
      });
    }
    expect(change(townWith({ type: 'Public' }), administrator, 'bob')).toMatchObject({
      reply: { group: { selfInfo: { userID: 'administrator', role: 'Member', joinTime: 0 } } },
    });
  });

  it('[GR2] needs a member, and to name the owner changes nothing', () => {
    expect(change(townWith(), by('olivia'), 'eve')).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    expect(change(townWith(), by('olivia'), 'olivia')).toMatchObject({ changes: {}, events: [] });
    expect(change(new Town(), by('olivia'), 'eve')).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('[GR1] an administrator gives an owner to a Work group that has none', () => {
    const town = townWith();
    town.must((state) => quitGroup(state, by('olivia')));
    expect(change(town, administrator, 'alice').ok).toBe(true);
    expect([town.group?.ownerID, roleOf(town.state, 'alice')]).toEqual(['alice', 'Owner']);
  });

  it('[GR2] asks to try again when somebody became the owner whom the request did not name', () => {
    const town = townWith();
    const named = [...town.members].filter(([userID]) => userID === 'alice');
    const unnamed = { ...town.state, members: new Map(named) };
    const decision = changeOwner(unnamed, administrator, { groupID: 'g', newOwnerID: 'alice' });
    expect(decision).toMatchObject({ ok: false, error: 'OVERLOADED' });
  });
});
