import { describe, expect, it } from 'vitest';
import { deleteAccount, emptyProfile, importAccount } from '../../src/index.ts';

const administrator = { isAdministrator: true };
const ann = { userID: 'ann', profile: { ...emptyProfile('ann'), nick: 'Ann' }, seq: 3, signaturesFrom: 0 };

describe('importing an account', () => {
  it('[US12] makes a user known, with what is given of his profile', () => {
    const imported = importAccount(undefined, administrator, { userID: 'bob', nick: 'Bob', avatar: 'b.png' });
    const profile = { ...emptyProfile('bob'), nick: 'Bob', avatar: 'b.png' };
    expect(imported).toMatchObject({ ok: true, changes: { profile }, reply: {} });
    expect(importAccount(undefined, administrator, { userID: 'carl' })).toMatchObject({
      changes: { profile: emptyProfile('carl') },
    });
  });

  it('[US12] of one who is known replaces what is given, and tells it', () => {
    const again = importAccount(ann, administrator, { userID: 'ann', avatar: 'a.png' });
    const profile = { ...ann.profile, avatar: 'a.png' };
    expect(again).toMatchObject({
      changes: { profile },
      events: [{ scope: 'user:ann', event: { name: 'profileUpdated', profile } }],
    });
    expect(importAccount(ann, administrator, { userID: 'ann' })).toMatchObject({ changes: {}, events: [] });
  });

  it('[US12] is for administrators alone, and for userIDs', () => {
    expect(importAccount(ann, { isAdministrator: false }, { userID: 'ann' })).toMatchObject({
      error: 'ADMINISTRATOR_NEEDED',
    });
    expect(importAccount(undefined, administrator, { userID: '@bob' })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: "userID begins with '@'.",
    });
    expect(importAccount(undefined, administrator, { userID: 'bob', nick: 'x'.repeat(501) })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
    });
  });
});

describe('deleting an account', () => {
  const deletion = { isAdministrator: true, isOfAdministrator: false, now: 7_000 };

  it('[US13] ends what was proved before', () => {
    expect(deleteAccount(ann, deletion)).toEqual({
      ok: true,
      changes: { deleted: true, signaturesFrom: 7_000 },
      events: [],
      reply: {},
    });
  });

  it('[US13] is for administrators alone, of users who are known and no administrators', () => {
    expect(deleteAccount(ann, { ...deletion, isAdministrator: false })).toMatchObject({
      error: 'ADMINISTRATOR_NEEDED',
    });
    expect(deleteAccount(ann, { ...deletion, isOfAdministrator: true })).toMatchObject({
      error: 'NOT_PERMITTED',
    });
    expect(deleteAccount(undefined, deletion)).toMatchObject({ error: 'USER_NOT_FOUND' });
  });
});
