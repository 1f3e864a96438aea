import { joinGroup, readGroupProfile, refuseGroupReading, searchGroup } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, SECOND, Town, townWith } from './group-town.ts';

describe('reading a group', () => {
  it('[GR2] members see it with what it knows of them', () => {
    const { state } = townWith({ type: 'Public' });
    expect(readGroupProfile(state, by('adam'))).toMatchObject({
      reply: {
        group: {
          profile: { name: 'A group' },
          selfInfo: { userID: 'adam', role: 'Admin', joinTime: SECOND },
        },
      },
    });
    expect(readGroupProfile(state, administrator)).toMatchObject({
      reply: { group: { selfInfo: { joinTime: 0 } } },
    });
    expect(readGroupProfile(state, by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(readGroupProfile(new Town().state, by('eve'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });

  it('[GR7] of an AVChatRoom those who are in it do, and its owner', () => {
    const town = townWith({ type: 'AVChatRoom' });
    town.must((state) => joinGroup(state, by('eve', { device: 4 }), { groupID: 'g' }));
    expect(readGroupProfile(town.state, by('eve'))).toMatchObject({
      reply: { group: { selfInfo: { joinTime: SECOND } } },
    });
    expect(readGroupProfile(town.state, by('olivia'))).toMatchObject({
      reply: { group: { selfInfo: { role: 'Owner' } } },
    });
    expect(refuseGroupReading(town.state, by('bob'))).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR2] anyone finds a group by its ID, save a Work group that is not his', () => {
    for (const type of ['Public', 'Meeting', 'Community', 'AVChatRoom'] as const) {
      expect(searchGroup(townWith({ type }).state, by('eve'))).toMatchObject({
        reply: { profile: { type } },
      });
    }
    const { state } = townWith();
    expect(searchGroup(state, by('eve'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    expect(searchGroup(state, by('alice')).ok).toBe(true);
    expect(searchGroup(state, administrator).ok).toBe(true);
    expect(searchGroup(new Town().state, administrator)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});
