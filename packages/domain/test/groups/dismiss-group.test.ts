import { dismissGroup } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, NOW, Town, townWith } from './group-town.ts';

describe('dismissing', () => {
  it.each(['Public', 'Meeting', 'AVChatRoom', 'Community'] as const)(
    '[GR1] the owner of a %s may',
    (type) => {
      const town = townWith({ type });
      for (const userID of ['adam', 'alice', 'eve']) {
        expect(town.refused((state) => dismissGroup(state, by(userID)))).toBe('NOT_PERMITTED');
      }
      expect(town.must((state) => dismissGroup(state, by('olivia')))).toEqual({ groupID: 'g' });
    },
  );

  it('[GR1] a Work group is dismissed by administrators alone', () => {
    const town = townWith();
    expect(town.refused((state) => dismissGroup(state, by('olivia')))).toBe('NOT_PERMITTED');
    expect(town.must((state) => dismissGroup(state, administrator))).toEqual({ groupID: 'g' });
  });

  it('[GR4] changes one row and tells one event, and afterwards there is no group', () => {
    const town = townWith({ type: 'Public' });
    const decision = town.run((state) => dismissGroup(state, by('olivia')));
    expect(decision).toMatchObject({ changes: { group: { endedAt: NOW }, revokes: true } });
    expect(decision).not.toHaveProperty('changes.members');
    expect(town.events).toEqual([
      { scope: 'group:g', event: { name: 'groupDismissed', groupID: 'g', operatorID: 'olivia' } },
    ]);
    expect(town.refused((state) => dismissGroup(state, by('olivia')))).toBe('GROUP_NOT_FOUND');
    expect(new Town().refused((state) => dismissGroup(state, administrator))).toBe('GROUP_NOT_FOUND');
  });
});
