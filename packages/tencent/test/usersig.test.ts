import { deflateSync, inflateSync } from 'node:zlib';
import { signUserSig, userIDOf, verifyUserSig } from '@muster/tencent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const APP = { SDKAppID: 1_400_000_000, secretKey: '0123456789abcdef' };
const SIGNED_AT = 1_700_000_000_000;
const DAY = 86_400;
const VECTOR = [
  'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwqXFqUWGUInilOzEgoLMFCUrQxMDKIDIlGTmpipZGZqjiqZWFGQWpSpZWZ',
  'iZwISKM9OVrJQqfMo83AMDnKK8nHKyAnOCPHzLI5INgwtzc-3SgiwqisK8qgLLsguqgsyybZVqAZEQMYQ_',
].join('');

const sign = (userID: string, userbuf?: Uint8Array) =>
  signUserSig({ ...APP, userID, expireSeconds: DAY, now: SIGNED_AT, userbuf });
const verify = (sig: string, userID: string, other: Partial<typeof APP & { now: number }> = {}) =>
  verifyUserSig(sig, { ...APP, userID, now: SIGNED_AT, ...other });

/** A userSig of any bytes, spelled as userSigs are. */
const spell = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_');
const bytesOf = (sig: string) =>
  Buffer.from(sig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='), 'base64');
const fieldsOf = (sig: string) => JSON.parse(inflateSync(bytesOf(sig)).toString()) as Record<string, unknown>;
const withFields = (sig: string, fields: Record<string, unknown>) =>
  spell(deflateSync(JSON.stringify({ ...fieldsOf(sig), ...fields })));

describe('the published vector', () => {
  it('[US2] verifies, for its own second of expiry too', () => {
    const verdict = { ok: true, issuedAt: SIGNED_AT, expiresAt: SIGNED_AT + DAY * 1_000 };
    expect(verify(VECTOR, 'user1')).toEqual(verdict);
    expect(verify(VECTOR, 'user1', { now: SIGNED_AT + DAY * 1_000 })).toEqual(verdict);
  });

  it('[US2] is what signing gives, field by field', () => {
    expect(fieldsOf(sign('user1'))).toEqual(fieldsOf(VECTOR));
    expect(fieldsOf(VECTOR)['TLS.sig']).toBe('xLvHGQPBZJBljQlRHMwXc1SqmmNfR8xrVJzQvkpzR6k=');
  });

  it('[US2] names its user', () => {
    expect(userIDOf(VECTOR)).toBe('user1');
  });
});

describe('refusals', () => {
  it('[US2] expired, other app, other user and wrong key are told apart', () => {
    const expired = { now: SIGNED_AT + DAY * 1_000 + 1 };
    expect(verify(VECTOR, 'user1', expired)).toEqual({ ok: false, error: 'USERSIG_EXPIRED' });
    expect(verify(VECTOR, 'user1', { SDKAppID: 1 })).toEqual({ ok: false, error: 'USERSIG_OTHER_APP' });
    expect(verify(VECTOR, 'user2')).toEqual({ ok: false, error: 'USERSIG_OTHER_USER' });
    expect(verify(VECTOR, 'user1', { secretKey: 'other' })).toEqual({
      ok: false,
      error: 'USERSIG_WRONG_KEY',
    });
  });

  it('[US2] a forged userSig does not learn whether it would have expired', () => {
    const forged = withFields(VECTOR, { 'TLS.expire': 1 });
    expect(verify(forged, 'user1', { now: SIGNED_AT * 2 })).toEqual({
      ok: false,
      error: 'USERSIG_WRONG_KEY',
    });
  });

  it('[US2] every changed field is refused', () => {
    const changed = {
      'TLS.time': 1_700_000_001,
      'TLS.expire': DAY * 2,
      'TLS.userbuf': 'YQ==',
      'TLS.sig': '',
    };
    for (const [name, value] of Object.entries(changed)) {
      expect(verify(withFields(VECTOR, { [name]: value }), 'user1')).toEqual({
        ok: false,
        error: 'USERSIG_WRONG_KEY',
      });
    }
  });

  it.each([
    ['nothing', ''],
    ['no base64', 'eJyr!'],
    ['the usual alphabet', bytesOf(VECTOR).toString('base64')],
    ['a cut one', VECTOR.slice(0, -4)],
    ['something behind it', spell(Buffer.concat([bytesOf(VECTOR), Buffer.from('more')]))],
    ['no JSON', spell(deflateSync('TLS'))],
    ['null', spell(deflateSync('null'))],
    ['a list', spell(deflateSync('[]'))],
    ['another version', withFields(VECTOR, { 'TLS.ver': '1.0' })],
    ['a user that is none', withFields(VECTOR, { 'TLS.identifier': 'user1\nTLS.sdkappid:1' })],
    ['a fractional time', withFields(VECTOR, { 'TLS.time': 1.5 })],
    ['a huge time', withFields(VECTOR, { 'TLS.time': 1e300 })],
    ['an expiry in words', withFields(VECTOR, { 'TLS.expire': 'never' })],
    ['a userbuf that is no base64', withFields(VECTOR, { 'TLS.userbuf': 'a\n' })],
    ['a missing signature', withFields(VECTOR, { 'TLS.sig': undefined })],
    ['a text that unpacks to too much', spell(deflateSync(' '.repeat(2_000_000)))],
    ['a very long one', 'e'.repeat(1_000_000)],
  ])('[US2] %s is malformed', (_, sig) => {
    expect(verify(sig, 'user1')).toEqual({ ok: false, error: 'USERSIG_MALFORMED' });
    expect(userIDOf(sig)).toBeUndefined();
  });
});

describe('any userSig', () => {
  const userID = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 32 })
    .filter((id) => !id.startsWith('@'));
  const userbuf = fc.option(fc.uint8Array({ maxLength: 50 }), { nil: undefined });

  it('[US2] that was signed verifies, with its userbuf', () => {
    fc.assert(
      fc.property(userID, userbuf, (userID, userbuf) => {
        const sig = sign(userID, userbuf);
        expect(sig).toMatch(/^[A-Za-z0-9*\-_]+$/);
        expect(verify(sig, userID)).toMatchObject({
          ok: true,
          ...(userbuf === undefined ? {} : { userbuf }),
        });
        expect(userIDOf(sig)).toBe(userID);
      }),
    );
  });

  it('[US2] that was changed anywhere is refused, or still says the very same', () => {
    const sig = sign('user1');
    const alphabet = fc.constantFrom(...'ABCxyz019*-_+/= !');
    fc.assert(
      fc.property(
        fc.nat({ max: sig.length }),
        fc.nat({ max: 3 }),
        fc.string({ unit: alphabet, maxLength: 3 }),
        (at, cut, put) => {
          const mutated = sig.slice(0, at) + put + sig.slice(at + cut);
          if (mutated === sig) return;
          const verdict = verify(mutated, 'user1');
          // A deflated text has a few bits that mean nothing.
          if (verdict.ok) expect(fieldsOf(mutated)).toEqual(fieldsOf(sig));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('[US2] of garbage gives a verdict', () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.uint8Array().map(spell),
      fc.json().map((text) => spell(deflateSync(text))),
      fc
        .dictionary(fc.constantFrom(...Object.keys(fieldsOf(VECTOR))), fc.jsonValue())
        .map((f) => withFields(VECTOR, f)),
    );
    fc.assert(
      fc.property(garbage, (sig) => {
        const verdict = verify(sig, 'user1');
        if (verdict.ok) expect(fieldsOf(sig)).toMatchObject({ 'TLS.identifier': 'user1' });
      }),
    );
  });
});
