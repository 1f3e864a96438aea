import { emptyProfile, type UserRecord, updateProfile } from '@muster/domain';
import type { UpdateMyProfileInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';

const alice: UserRecord = { userID: 'alice', profile: emptyProfile('alice'), seq: 3, signaturesFrom: 0 };
const update = (input: UpdateMyProfileInput, state: UserRecord | undefined = alice) =>
  updateProfile(state, { userID: 'alice', by: { device: 1, seq: 2 } }, input);

describe('updateProfile', () => {
  it("[US9] replaces what is given and tells the user's devices", () => {
    const profile = { ...emptyProfile('alice'), nick: 'Alice', level: 3 };
    expect(update({ nick: 'Alice', level: 3 })).toEqual({
      ok: true,
      changes: { profile },
      events: [
        { scope: 'user:alice', event: { name: 'profileUpdated', profile, by: { device: 1, seq: 2 } } },
      ],
      reply: { profile },
    });
  });

  it('[US9] tells nobody when nothing differs', () => {
    expect(update({ nick: '' })).toMatchObject({ changes: {}, events: [] });
  });

  it('[US9] replaces custom fields by their keys', () => {
    const profile = { ...alice.profile, profileCustomField: [{ key: 'a', value: '1' }] };
    const decision = update({ profileCustomField: [{ key: 'b', value: '2' }] }, { ...alice, profile });
    expect(decision).toMatchObject({
      reply: { profile: { profileCustomField: [{ key: 'a' }, { key: 'b' }] } },
    });
  });

  it.each([
    ['nick', { nick: 'é'.repeat(251) }],
    ['avatar', { avatar: 'x'.repeat(501) }],
    ['selfSignature', { selfSignature: '\ud800' }],
    ['location', { location: '\u0000' }],
    ['profileCustomField', { profileCustomField: [{ key: 'a', value: '\udfff' }] }],
  ])('[US9] a bad %s is refused by name', (argument, input) => {
    expect(update(input)).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
      message: expect.stringContaining(argument),
    });
  });

  it('[US3] starts from an empty profile for a user who is not known yet', () => {
    expect(updateProfile(undefined, { userID: 'bob' }, { nick: 'B' })).toMatchObject({
      changes: { profile: { userID: 'bob', nick: 'B' } },
    });
  });
});
