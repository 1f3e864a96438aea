/** What may go wrong with a frame on its way, and what nobody would ever send. */
import { type Body, checksumOf } from '@muster/tencent';
import type { SeededRandom } from '@muster/testkit';

/** What is sent: bytes, or text. */
export type Sent = { bytes: Buffer; isBinary: boolean };

export interface Donor {
  /** Bodies by their commands. */
  frames: readonly (readonly [command: string, body: Body])[];
  a2: string;
  /** The session of somebody else. */
  otherA2: string;
  /** What was sent before. */
  sent: readonly Sent[];
  isBinary: boolean;
  random: SeededRandom;
}

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Texts of JSON that stand in place of something else. */
export const JUNK: readonly string[] = [
  ...[
    'null',
    'true',
    '""',
    '" "',
    '-1',
    '0',
    '1.5',
    '1e300',
    '9007199254740993',
    '-0',
    '[]',
    '{}',
    '[[]]',
    '[null]',
  ],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"__proto__"',
    '{"__proto__":{"a":1}}',
    '{"toString":1,"valueOf":1}',
    '"GROUP"',
  ],
  ...[
    '[{"toString":""}]',
    '{"constructor":{"prototype":1}}',
    '"C2C"',
    '"@TGS#_"',
    '"GROUPa/b"',
    '"toString"',
  ],
  ...[deep(31), deep(40), deep(6_000), `"${'x'.repeat(20_000)}"`, `[${'1,'.repeat(3_000)}1]`],
  ...[`[${'{"Type":1,"To_Account":"x"},'.repeat(300)}{}]`, '{"Type":2}', '"1_2_3"', '"constructor"'],
];
const MARK = '\u0001junk\u0001';

const pick = <Item>({ below }: SeededRandom, items: readonly Item[]): Item =>
  items[below(items.length)] as Item;

/** What stands anywhere in a value, by its path. */
export function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length > 0 ? [[...path]] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...path, name]))];
}

/** The value as text, with junk at a place of it. */
export function junkAt(value: Body, path: readonly string[], junk: string | undefined): string {
  const copy = structuredClone(value);
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Body;
  at[path.at(-1) ?? ''] = junk === undefined ? undefined : MARK;
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => junk ?? '');
}

function withJunk(value: Body, random: SeededRandom): string {
  const places = placesOf(value);
  return places.length === 0
    ? pick(random, JUNK)
    : junkAt(value, pick(random, places), pick(random, [...JUNK, undefined]));
}

/** The checksum as the client makes it, of what the text says. */
function checksumOfText(text: string): number {
  try {
    return checksumOf(JSON.parse(text));
  } catch {
    // It has none: too deep, or no JSON.
    return 1;
  }
}

function frameText(head: Body, body: string): string {
  return `{"head":${JSON.stringify({ cs: checksumOfText(body), ...head })},"body":${body}}`;
}

function spliced(text: string, random: SeededRandom): string {
  let spoiled = text;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const at = random.below(spoiled.length);
    const put = pick(random, ['', '"', '}', '{', ',', 'x', '\u0000', '9', '\\', 'ü', '[']);
    spoiled = spoiled.slice(0, at) + put + spoiled.slice(at + random.below(4));
  }
  return spoiled;
}

type Mutation = (donor: Donor, head: Body, body: Body) => string | Sent;

const whole = (head: Body, body: Body): string => frameText(head, JSON.stringify(body));

/** By their names; each makes a frame of a head and a body. */
export const MUTATIONS: Record<string, Mutation> = {
  'junk in the body': ({ random }, head, body) => frameText(head, withJunk(body, random)),
  'junk in the body, unchecked': ({ random }, head, body) =>
    frameText({ ...head, cs: 0 }, withJunk(body, random)),
  'junk in the head': ({ random }, head, body) =>
    `{"head":${withJunk({ cs: checksumOf(body), ...head }, random)},"body":${JSON.stringify(body)}}`,
  'spliced text': ({ random }, head, body) => spliced(whole(head, body), random),
  truncated: ({ random }, head, body) => {
    const text = whole(head, body);
    return text.slice(0, random.below(text.length));
  },
  'wrong checksum': ({ random }, head, body) => whole({ ...head, cs: 1 + random.below(2 ** 32) }, body),
  'the other kind': ({ isBinary }, head, body) => ({
    bytes: Buffer.from(whole(head, body)),
    isBinary: !isBinary,
  }),
  'the session of somebody else': ({ otherA2 }, head, body) => whole({ ...head, a2: otherA2 }, body),
  'a forged session': ({ a2, random }, head, body) => whole({ ...head, a2: spliced(a2, random) }, body),
  'the body of another command': ({ frames, random }, head) => whole(head, pick(random, frames)[1]),
  'a large body': ({ random }, head, body) =>
    whole(head, { ...body, More: 'x'.repeat(10_000 + random.below(40_000)) }),
  'other bytes': ({ random, isBinary }, head, body) => {
    const bytes = Buffer.from(whole(head, body));
    // A text that is not UTF-8 ends a connection before anybody reads it.
    for (let times = isBinary ? 1 + random.below(4) : 0; times > 0; times -= 1)
      bytes[random.below(bytes.length)] = random.below(256);
    return { bytes, isBinary };
  },
  'no mutation': (_donor, head, body) => whole(head, body),
  'sent before': ({ sent, random }, head, body) =>
    sent.length === 0 ? whole(head, body) : pick(random, sent),
};

/** Bodies are where the most can be wrong. */
const OFTEN = 6;
const NAMES = [...Object.keys(MUTATIONS), ...Array<string>(OFTEN).fill('junk in the body')];

/** A frame that is mutated in some way. */
export function mutatedFrame(donor: Donor, seq: number): Sent & { kind: string } {
  const { random, a2, isBinary } = donor;
  const kind = pick(random, NAMES);
  const [servcmd, body] = pick(random, donor.frames);
  const made = MUTATIONS[kind]?.(donor, { servcmd, seq, a2 }, body) ?? '';
  return { kind, ...(typeof made === 'string' ? { bytes: Buffer.from(made), isBinary } : made) };
}
