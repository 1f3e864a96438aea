import { type CounterActor, refuseCounterDeletion, refuseCounterUse } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { ADMINISTRATOR, GROUP, MEMBER, OUTSIDER } from './counter-states.ts';

const OWNER: CounterActor = { userID: 'olivia', isAdministrator: false, role: 'Owner' };
const ADMIN: CounterActor = { userID: 'adam', isAdministrator: false, role: 'Admin' };
const ABSENT_OWNER: CounterActor = { ...OWNER, role: undefined };

describe('who may use counters', () => {
  it.each(['Work', 'Public', 'Meeting', 'AVChatRoom', 'Community'] as const)(
    '[GC9] members and administrators of a %s may, others may not',
    (type) => {
      const group = { ...GROUP, type };
      for (const actor of [MEMBER, OWNER, ADMIN, ADMINISTRATOR])
        expect(refuseCounterUse(group, actor)).toBeUndefined();
      expect(refuseCounterUse(group, OUTSIDER)).toMatchObject({ error: 'NOT_PERMITTED' });
    },
  );

  it('[GC9] a Community with topics is refused to everyone', () => {
    const group = { ...GROUP, type: 'Community' as const, isSupportTopic: true };
    for (const actor of [MEMBER, OWNER, ADMINISTRATOR]) {
      expect(refuseCounterUse(group, actor)).toMatchObject({ error: 'NOT_PERMITTED' });
    }
  });

  it('[GR7] the owner of an AVChatRoom needs not be in it, an owner of another type does', () => {
    expect(refuseCounterUse({ ...GROUP, type: 'AVChatRoom' }, ABSENT_OWNER)).toBeUndefined();
    expect(refuseCounterUse(GROUP, ABSENT_OWNER)).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GR3] a group that is absent or dismissed comes before every other refusal', () => {
    const dismissed = { ...GROUP, endedAt: 5 };
    for (const group of [undefined, dismissed]) {
      for (const actor of [MEMBER, OUTSIDER, ADMINISTRATOR]) {
        expect(refuseCounterUse(group, actor)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
        expect(refuseCounterDeletion(group, actor)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
      }
    }
  });
});

describe('who may delete counters', () => {
  it('[GC16] the owner, admins and administrators may, a member may not', () => {
    for (const actor of [OWNER, ADMIN, ADMINISTRATOR])
      expect(refuseCounterDeletion(GROUP, actor)).toBeUndefined();
    for (const actor of [MEMBER, OUTSIDER]) {
      expect(refuseCounterDeletion(GROUP, actor)).toMatchObject({ error: 'NOT_PERMITTED' });
    }
  });

  it('[GC16] the owner of an AVChatRoom may, present or not', () => {
    const room = { ...GROUP, type: 'AVChatRoom' as const };
    expect(refuseCounterDeletion(room, ABSENT_OWNER)).toBeUndefined();
    expect(refuseCounterDeletion(room, { ...OWNER, role: 'Member' })).toBeUndefined();
    expect(refuseCounterDeletion(room, MEMBER)).toMatchObject({ error: 'NOT_PERMITTED' });
  });
});
