import { emptyProfile, refuseEndedLogin, registerUser, type UserRecord } from '@muster/domain';
import { describe, expect, it } from 'vitest';

const alice: UserRecord = { userID: 'alice', profile: emptyProfile('alice'), seq: 3, signaturesFrom: 5_500 };

describe('registerUser', () => {
  it('[US3] makes an unknown user known and leaves a known one alone', () => {
    expect(registerUser(undefined, 'bob')).toMatchObject({
      changes: { profile: { userID: 'bob', nick: '' } },
    });
    expect(registerUser(alice, 'alice')).toMatchObject({ changes: {} });
  });

  it('[US1] refuses what is no userID', () => {
    for (const userID of ['', '@bob', 'a\n', 'é'.repeat(17), '\ud800']) {
      expect(registerUser(undefined, userID)).toMatchObject({ error: 'INVALID_ARGUMENT' });
    }
    expect(registerUser(undefined, 'é'.repeat(16)).ok).toBe(true);
  });
});

describe('refuseEndedLogin', () => {
  it('[US11] refuses what was issued before the kick, its own second included', () => {
    expect(refuseEndedLogin(alice.signaturesFrom, 5_000)).toMatchObject({ error: 'SESSION_ENDED' });
    expect(refuseEndedLogin(alice.signaturesFrom, 6_000)).toBeUndefined();
    expect(refuseEndedLogin(0, 0)).toBeUndefined();
  });
});
