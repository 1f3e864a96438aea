import { userIDFault } from '@muster/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KEEPER, userIDOf } from '../user-ids.ts';

const LONGEST = 'n'.repeat(32);

it.each(['ann', 'Cal[] John', '[x] ', 'a^_`{|}\\', LONGEST])('the nick %j is its own userID', (nick) => {
  expect(userIDOf(nick)).toBe(nick);
});

it.each(['', '@ann', 'a\u0002b', `${LONGEST}n`, '\ud800', KEEPER, '~ann'])(
  'the nick %j gets another',
  (nick) => {
    const userID = userIDOf(nick);
    expect(userID).not.toBe(nick);
    expect(userIDFault(userID)).toBeUndefined();
    expect(userIDOf(nick)).toBe(userID);
  },
);

it('[US1] every nick has a valid userID, and no two have the same', () => {
  const nick = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(KEEPER, '~', '@', '\u0000', '\ud800', '\ud801'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(nick, nick.map(userIDOf)), { maxLength: 20 }), (nicks) => {
      const userIDs = nicks.map(userIDOf);
      expect(userIDs.map(userIDFault).filter(Boolean)).toEqual([]);
      expect(new Set(userIDs).size).toBe(nicks.length);
      expect(userIDs).not.toContain(KEEPER);
    }),
  );
});
