import type { CounterEntry, DeletedCounter } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CounterNews, type CounterRise, Counters } from '../../src/memory/counters.ts';

const entry = (key: string, value: number, version: number): CounterEntry => ({ key, value, version });
const changes = (
  since: number,
  version: number,
  counters: CounterEntry[],
  deleted: DeletedCounter[] = [],
): CounterNews => ({
  since,
  version,
  counters,
  deleted,
});
const whole = (version: number, counters: CounterEntry[], deleted: DeletedCounter[] = []): CounterNews => ({
  whole: true,
  version,
  counters,
  deleted,
});
const own = (version: number, counters: CounterEntry[], deleted: DeletedCounter[] = []): CounterNews => ({
  version,
  counters,
  deleted,
});

function opened(version = 0): Counters {
  const counters = new Counters();
  counters.open('g', version);
  return counters;
}

const rises = (counters: Counters, news: CounterNews) =>
  counters.apply('g', news).rises.map(({ key, version, value }) => `${key}@${version}=${value ?? 'deleted'}`);

describe('what is raised', () => {
  it('[GC12] raises what rose, and the same news once', () => {
    const counters = opened();
    expect(rises(counters, changes(0, 2, [entry('a', 5, 1), entry('b', 6, 2)]))).toEqual(['a@1=5', 'b@2=6']);
    expect(rises(counters, changes(0, 2, [entry('a', 5, 1), entry('b', 6, 2)]))).toEqual([]);
    expect(rises(counters, changes(0, 1, [entry('a', 5, 1)]))).toEqual([]);
  });

  it('[GC11] raises an own answer at once and drops the event of the same version', () => {
    const counters = opened();
    expect(rises(counters, own(1, [entry('a', 1, 1)]))).toEqual(['a@1=1']);
    expect(rises(counters, changes(0, 1, [entry('a', 1, 1)]))).toEqual([]);
  });

  it('[GC12] does not raise an own answer that comes after news of later', () => {
    const counters = opened();
    rises(counters, changes(0, 9, [entry('a', 9, 9)]));
    expect(rises(counters, own(4, [entry('a', 4, 4)]))).toEqual([]);
    expect(counters.living('g')).toEqual(new Map([['a', 9]]));
  });

  it('[GC11] raises a deletion, also of a key that was not known, and not an older value after it', () => {
    const counters = opened(5);
    expect(rises(counters, changes(5, 7, [], [{ key: 'x', version: 7 }]))).toEqual(['x@7=deleted']);
    expect(rises(counters, own(6, [entry('x', 3, 6)]))).toEqual([]);
    expect(rises(counters, own(8, [entry('x', 1, 8)]))).toEqual(['x@8=1']);
  });

  it('raises nothing of what a first look finds from before, and what rose since', () => {
    const counters = opened(10);
    expect(rises(counters, whole(12, [entry('old', 1, 4), entry('new', 2, 11)]))).toEqual(['new@11=2']);
  });

  it('[GC14] compares a whole set: higher versions are updates, absent keys deletions', () => {
    const counters = opened();
    rises(counters, whole(3, [entry('a', 1, 1), entry('b', 2, 2), entry('c', 3, 3)]));
    const set = whole(9, [entry('a', 8, 8), entry('c', 3, 3)], [{ key: 'b', version: 5 }]);
    expect(rises(counters, set)).toEqual(['a@8=8', 'b@5=deleted']);
    expect(rises(counters, whole(12, [entry('a', 8, 8)]))).toEqual(['c@12=deleted']);
  });

  it('[GC15] keeps what is newer than a whole set that was read before it', () => {
    const counters = opened();
    rises(counters, own(4, [entry('a', 4, 4)]));
    expect(rises(counters, whole(2, [entry('a', 2, 2), entry('b', 1, 1)]))).toEqual(['b@1=1']);
    expect(counters.living('g')).toEqual(
      new Map([
        ['a', 4],
        ['b', 1],
      ]),
    );
  });

  it('[DL4] knows nothing of a group after its end', () => {
    const counters = opened();
    counters.settle(new Map());
    expect(rises(counters, changes(0, 1, [entry('a', 1, 1)]))).toEqual([]);
    expect(counters.living('g')).toBeUndefined();
  });

  it('[GC2] takes __proto__ as a key like any other', () => {
    const counters = opened();
    expect(rises(counters, changes(0, 1, [entry('__proto__', 7, 1)]))).toEqual(['__proto__@1=7']);
  });

  it('[GC16] bounds what it remembers of deleted keys, and lets none of them rise again from older news', () => {
    const counters = opened();
    for (let version = 1; version <= 150; version += 1) {
      rises(counters, changes(version - 1, version, [], [{ key: `k${version}`, version }]));
    }
    expect(rises(counters, own(1, [entry('k1', 1, 1)]))).toEqual([]);
    expect(rises(counters, changes(150, 151, [entry('k1', 1, 151)]))).toEqual(['k1@151=1']);
  });
});

describe('what is whole', () => {
  it('[GC15] is whole from a set that reaches what was heard since', () => {
    const counters = opened(5);
    expect(counters.whole('g')).toBeUndefined();
    rises(counters, changes(5, 6, [entry('a', 1, 6)]));
    rises(counters, whole(5, [entry('b', 2, 2)]));
    expect(counters.whole('g')).toEqual(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
  });

  it('[GC15] is not whole after a gap, which is to be asked for', () => {
    const counters = opened();
    rises(counters, whole(3, [entry('a', 1, 3)]));
    const { isMissing } = counters.apply('g', changes(5, 6, [entry('a', 2, 6)]));
    expect(isMissing).toBe(true);
    expect(counters.whole('g')).toBeUndefined();
    rises(counters, whole(4, [entry('a', 1, 3), entry('z', 1, 4)]));
    expect(counters.whole('g')).toBeUndefined();
    rises(counters, whole(6, [entry('a', 2, 6), entry('z', 1, 4)]));
    expect(counters.whole('g')).toEqual(
      new Map([
        ['a', 2],
        ['z', 1],
      ]),
    );
  });

  it('[GC14] names how far it is without a gap, and only in groups of which it heard', () => {
    const counters = opened(3);
    counters.open('silent', 8);
    expect(counters.versions()).toEqual([]);
    rises(counters, own(5, [entry('a', 1, 5)]));
    expect(counters.versions()).toEqual([{ groupID: 'g', version: 3 }]);
    rises(counters, changes(3, 4, [entry('b', 1, 4)]));
    rises(counters, own(5, [entry('a', 1, 5)]));
    expect(counters.versions()).toEqual([{ groupID: 'g', version: 5 }]);
  });
});

/** A group at the server: a history in which every version can be read. */
type Step = { keys: string[]; isDeletion: boolean };
type Delivery = { kind: 'frame' | 'whole' | 'own' | 'again'; pick: number };

interface Moment {
  living: Map<string, CounterEntry>;
  deleted: Map<string, DeletedCounter>;
}

function historyOf(steps: Step[]): Moment[] {
  const history: Moment[] = [{ living: new Map(), deleted: new Map() }];
  for (const { keys, isDeletion } of steps) {
    const version = history.length;
    const before = history.at(-1) as Moment;
    const living = new Map(before.living);
    const deleted = new Map(before.deleted);
    for (const key of keys) {
      if (isDeletion && !living.delete(key)) continue;
      if (isDeletion) deleted.set(key, { key, version });
      else {
        living.set(key, entry(key, version * 10, version));
        deleted.delete(key);
      }
    }
    history.push({ living, deleted });
  }
  return history;
}

function frame(history: Moment[], since: number, version: number): CounterNews {
  const { living, deleted } = history[version] as Moment;
  const isNew = (one: { version: number }) => one.version > since;
  return changes(since, version, [...living.values()].filter(isNew), [...deleted.values()].filter(isNew));
}

function wholeAt(history: Moment[], version: number): CounterNews {
  const { living, deleted } = history[version] as Moment;
  return whole(version, [...living.values()], [...deleted.values()]);
}

function ownAt(history: Moment[], version: number): CounterNews {
  const { living, deleted } = history[version] as Moment;
  const isIts = (one: { version: number }) => one.version === version;
  return own(version, [...living.values()].filter(isIts), [...deleted.values()].filter(isIts));
}

const steps = fc.array(
  fc.record({
    keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1 }),
    isDeletion: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);
const deliveries = fc.array(
  fc.record({ kind: fc.constantFrom('frame', 'frame', 'whole', 'own', 'again'), pick: fc.nat() }),
  { maxLength: 60 },
) as fc.Arbitrary<Delivery[]>;

describe('whatever comes in whatever order', () => {
  it('[GC12][DL5] never raises what is not newer, and events applied are what a fetch gives', () => {
    fc.assert(
      fc.property(steps, deliveries, fc.nat(), (given, order, startPick) => {
        const history = historyOf(given);
        const last = history.length - 1;
        const start = startPick % history.length;
        const counters = opened(start);
        const app = new Map(history[start]?.living ?? []);
        const raised = new Map<string, number>();
        const hear = ({ key, version, value }: CounterRise) => {
          expect(version).toBeGreaterThan(Math.max(raised.get(key) ?? 0, start));
          raised.set(key, version);
          if (value === undefined) app.delete(key);
          else app.set(key, entry(key, value as number, version));
        };
        const past: CounterNews[] = [];
        let sent = start;
        const deliver = (news: CounterNews) => {
          past.push(news);
          counters.apply('g', news).rises.forEach(hear);
        };
        // The device has looked once, so that what is gone later is news.
        deliver(wholeAt(history, start));
        for (const { kind, pick } of order) {
          const version = sent + (pick % (last - sent + 1));
          if (kind === 'frame') {
            deliver(frame(history, sent, version));
            sent = version;
          } else if (kind === 'whole') deliver(wholeAt(history, start + (pick % (last - start + 1))));
          else if (kind === 'own' && last > start)
            deliver(ownAt(history, start + 1 + (pick % (last - start))));
          else deliver(past[pick % past.length] as CounterNews);
        }
        deliver(frame(history, sent, last));
        const values = (map: Map<string, CounterEntry>) =>
          new Map([...map].map(([key, { value }]) => [key, value]));
        const truth = values((history[last] as Moment).living);
        expect(counters.whole('g')).toEqual(truth);
        expect(values(app)).toEqual(truth);
      }),
      { numRuns: 500 },
    );
  });

  it('[GC14] a whole set heals whatever was missed', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, pick) => {
        const history = historyOf(given);
        const last = history.length - 1;
        const start = pick % history.length;
        const counters = opened(start);
        counters.apply('g', wholeAt(history, start));
        const risen = counters.apply('g', wholeAt(history, last)).rises;
        const truth = new Map([...(history[last] as Moment).living].map(([key, { value }]) => [key, value]));
        expect(counters.whole('g')).toEqual(truth);
        for (const { version } of risen) expect(version).toBeGreaterThan(start);
      }),
    );
  });
});

describe('what a login names', () => {
  it('[GC14] names the version before a gap until the whole set has closed it', () => {
    const counters = opened(10);
    expect(counters.apply('g', changes(15, 16, [entry('b', 1, 16)])).isMissing).toBe(true);
    rises(counters, changes(16, 17, [entry('b', 2, 17)]));
    expect(counters.versions()).toEqual([{ groupID: 'g', version: 10 }]);
    rises(counters, whole(14, [entry('a', 1, 14)]));
    expect(counters.versions()).toEqual([{ groupID: 'g', version: 10 }]);
    rises(counters, whole(17, [entry('a', 2, 15), entry('b', 2, 17)]));
    expect(counters.versions()).toEqual([{ groupID: 'g', version: 17 }]);
  });
});
