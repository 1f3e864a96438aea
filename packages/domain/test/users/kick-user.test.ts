import { describe, expect, it } from 'vitest';
import { emptyProfile, endLogins } from '../../src/index.ts';

const state = { userID: 'ann', profile: emptyProfile('ann'), seq: 3, signaturesFrom: 0 };

describe('ending the logins of a user', () => {
  it('[US11] is done as of now', () => {
    const decision = endLogins(state, { isAdministrator: true, now: 7_000 });
    expect(decision).toEqual({ ok: true, changes: { signaturesFrom: 7_000 }, events: [], reply: {} });
  });

  it('[US10] is for administrators alone, and for users who have logged in once', () => {
    expect(endLogins(state, { isAdministrator: false, now: 1 })).toMatchObject({
      error: 'ADMINISTRATOR_NEEDED',
    });
    expect(endLogins(undefined, { isAdministrator: true, now: 1 })).toMatchObject({
      error: 'USER_NOT_FOUND',
    });
  });
});
