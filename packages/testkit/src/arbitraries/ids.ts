import { LIMITS, utf8Length } from '@muster/protocol';
import fc from 'fast-check';

/** Names that have broken something somewhere. */
const NASTY = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '0',
  '-1',
  'null',
  "'",
  '"',
  '\\',
  '%s',
  '👍',
  'é',
  'e\u0301',
];

/** A well-formed userID (US1). */
export function userIDs(): fc.Arbitrary<string> {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 32 });
  return fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_-]{0,15}$/) },
    { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: text.filter(isUserID) },
  );
}

function isUserID(text: string): boolean {
  return (
    text.isWellFormed() && !text.startsWith('@') && !/\p{Cc}/u.test(text) && utf8Length(text) <= USER_BYTES
  );
}

const USER_BYTES = LIMITS.userID_bytes_max.value;

/** A malformed userID. */
export function badUserIDs(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    '@',
    '@alice',
    'a\u0000',
    '\u0007',
    'a\nb',
    '\u007f',
    '\u0085',
    '\ud800',
    'x'.repeat(33),
    'é'.repeat(17),
    '👍'.repeat(9),
  );
}

/** A groupID that an app may choose for a group of any type (GR3). */
export function groupIDs(): fc.Arbitrary<string> {
  const printable = fc.stringMatching(/^[\x20-\x7e]{1,48}$/);
  return fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('__proto__', ' ', '@', '@TGS', '@TGS_', "o'clock", 'x'.repeat(48)),
    },
    {
      weight: 1,
      arbitrary: printable.filter((text) => !text.startsWith('@TGS#') && !text.includes('@TOPIC#_')),
    },
  );
}

/** A groupID that no app may choose. */
export function badGroupIDs(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    '@TGS#',
    '@TGS#1',
    'a@TOPIC#_b',
    'x'.repeat(49),
    'é',
    'a\u0000',
    '\t',
    '\u007f',
    '\ud800',
    '👍',
  );
}

/** A well-formed key of a counter (GC2). */
export function counterKeys(): fc.Arbitrary<string> {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('likes', 'views', 'gifts', 'a', 'b', 'c') },
    { weight: 1, arbitrary: fc.constantFrom(...NASTY, ' ', '\u0001', '👍'.repeat(128), 'x'.repeat(128)) },
    { weight: 1, arbitrary: text.filter((key) => key.isWellFormed() && !key.includes('\u0000')) },
  );
}

/** A malformed key. */
export function badCounterKeys(): fc.Arbitrary<string> {
  return fc.constantFrom('', '\u0000', 'a\u0000b', '\ud800', 'a\udc00', 'x'.repeat(129), '👍'.repeat(129));
}
