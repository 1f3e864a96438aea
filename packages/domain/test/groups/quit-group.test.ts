import { joinGroup, leaveRoom, quitGroup, roleOf } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { by, Town, townWith } from './group-town.ts';

const quit = (town: Town, asker: ReturnType<typeof by>) => town.run((state) => quitGroup(state, asker));

describe('quitting', () => {
  it('[GR1] a member leaves and the group and he are told', () => {
    const town = townWith({ type: 'Public' });
    expect(quit(town, by('bob'))).toMatchObject({ changes: { revokes: true }, reply: { groupID: 'g' } });
    expect(town.events).toMatchObject([
      { scope: 'group:g', event: { name: 'groupMembersUpdated', memberCount: 3, joined: [], left: ['bob'] } },
      { scope: 'user:bob', event: { name: 'groupLeft', groupID: 'g', reason: 'quit' } },
    ]);
    expect(town.members.has('bob')).toBe(false);
  });

  it.each(['Public', 'Meeting', 'Community', 'AVChatRoom'] as const)(
    '[GR1] the owner of a %s may not',
    (type) => {
      expect(quit(townWith({ type }), by('olivia', { device: 1 }))).toMatchObject({
        error: 'OWNER_MAY_NOT_QUIT',
      });
    },
  );

  it('[GR1] the owner of a Work group may, and it then has no owner', () => {
    const town = townWith();
    expect(quit(town, by('olivia')).ok).toBe(true);
    expect(town.group?.ownerID).toBe('');
    expect(town.events.map(({ event }) => event.name)).toEqual([
      'groupMembersUpdated',
      'groupProfileUpdated',
      'groupLeft',
    ]);
    expect(town.events[1]?.event).toMatchObject({ profile: { ownerID: '', memberCount: 2 } });
  });

  it('[GR3] is for members of groups that there are', () => {
    expect(quit(townWith(), by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(quit(new Town(), by('eve'))).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});

describe('leaving an AVChatRoom', () => {
  const enter = (town: Town, userID: string, device: number) =>
    town.must((state) => joinGroup(state, by(userID, { device }), { groupID: 'g' }));

  it('[GR7] concerns one device: the user stays while another of his is in', () => {
    const town = townWith({ type: 'AVChatRoom' });
    enter(town, 'eve', 1);
    enter(town, 'eve', 2);
    expect(quit(town, by('eve', { device: 1 }))).toMatchObject({ events: [], changes: { revokes: true } });
    expect(roleOf(town.state, 'eve')).toBe('Member');
    expect(quit(town, by('eve', { device: 1 }))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(quit(town, by('eve'))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(quit(town, by('bob', { device: 2 }))).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(quit(town, by('eve', { device: 2 })).ok).toBe(true);
    expect(roleOf(town.state, 'eve')).toBeUndefined();
  });

  it("[GR7] by joining another or by going takes every device out, the owner's too", () => {
    const town = townWith({ type: 'AVChatRoom' });
    enter(town, 'olivia', 1);
    expect(leaveRoom(town.state, 1)).toEqual({ roomDevices: [[1, null]], revokes: true });
    expect([leaveRoom(town.state, 2), leaveRoom(town.state, undefined)]).toEqual([{}, {}]);
  });
});
