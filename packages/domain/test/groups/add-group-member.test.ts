import { addMembers, joinGroup } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, Town, townWith } from './group-town.ts';

const add = (town: Town, userID: string, userIDList: string[], other = {}) =>
  town.run((state) => addMembers(state, by(userID, other), { groupID: 'g', userIDList }));

describe('adding members', () => {
  it('[GR2] says of each user what became of him, and tells the group once and each new member', () => {
    const town = townWith();
    expect(add(town, 'alice', ['eve', 'bob', 'nobody', 'eve', 'frank'])).toMatchObject({
      reply: {
        successUserIDList: ['eve', 'frank'],
        failureUserIDList: ['nobody'],
        existedUserIDList: ['bob'],
      },
    });
    expect(town.events).toMatchObject([
      {
        scope: 'group:g',
        event: { name: 'groupMembersUpdated', memberCount: 5, joined: ['eve', 'frank'], operatorID: 'alice' },
      },
      {
        scope: 'user:eve',
        event: {
          name: 'groupJoined',
          group: { seq: 1, selfInfo: { userID: 'eve' } },
          reason: 'added',
          operatorID: 'alice',
        },
      },
      { scope: 'user:frank', event: { name: 'groupJoined', group: { seq: 1, profile: { memberCount: 5 } } } },
    ]);
  });

  it('[GR2] tells nobody when nobody is new', () => {
    const town = townWith();
    expect(add(town, 'alice', ['bob', 'nobody'])).toMatchObject({ changes: {}, events: [] });
  });

  it.each(['Work', 'Community'] as const)('[GR1] every member of a %s may, others may not', (type) => {
    expect(add(townWith({ type }), 'alice', ['eve']).ok).toBe(true);
    expect(add(townWith({ type }), 'eve', ['eve'])).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it.each(['Public', 'Meeting'] as const)('[GR1] administrators alone may in a %s', (type) => {
    for (const userID of ['olivia', 'adam', 'alice']) {
      expect(add(townWith({ type }), userID, ['eve'])).toMatchObject({ error: 'NOT_PERMITTED' });
    }
    expect(add(townWith({ type }), 'administrator', ['eve'], administrator).ok).toBe(true);
  });

  it('[GR1] an inviteOption says otherwise', () => {
    const free = townWith({ type: 'Public', inviteOption: 'FreeAccess' });
    expect(add(free, 'alice', ['eve']).ok).toBe(true);
    const asked = townWith({ type: 'Public', inviteOption: 'NeedPermission' });
    expect(add(asked, 'alice', ['eve'])).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(add(asked, 'adam', ['eve']).ok).toBe(true);
  });

  it('[GR1] nobody can be added to an AVChatRoom', () => {
    const town = townWith({ type: 'AVChatRoom' });
    expect(add(town, 'administrator', ['eve'], administrator)).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR1] more than fit are refused, all of them; those who are in do not count', () => {
    const town = townWith({ maxMemberNum: 4 });
    expect(add(town, 'alice', ['eve', 'frank'])).toMatchObject({ error: 'GROUP_FULL' });
    expect(add(town, 'alice', ['eve', 'bob', 'nobody']).ok).toBe(true);
  });

  it('[SE1] one request names 1 to 100 users', () => {
    for (const count of [0, 101]) {
      const userIDList = Array.from({ length: count }, (_, index) => `u${index}`);
      expect(add(townWith(), 'alice', userIDList)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
    }
  });

  it('[GR2] closes the open request of one who is added', () => {
    const town = townWith({ type: 'Public' });
    town.must((state) => joinGroup(state, by('eve'), { groupID: 'g' }));
    add(town, 'administrator', ['eve'], administrator);
    expect([town.applications.size, town.members.has('eve')]).toEqual([0, true]);
  });

  it('[GR3] a missing group comes first', () => {
    expect(add(new Town(), 'alice', [])).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});
