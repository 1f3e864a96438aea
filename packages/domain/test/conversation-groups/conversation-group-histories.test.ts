/**
 * Random histories of a user's conversation groups: after every step the rows are sound, and who applies the events
 * holds what a fresh read gives (DL5).
 */
import type { ConversationGroup } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvents, ConversationDesk, type Named } from './conversation-desk.ts';

type Step = (desk: ConversationDesk, name: (text: string) => Named) => unknown;

const TALKS = ['bob', 'carol', 'dave', 'eve'];
const text = fc.constantFrom('a', 'b', 'c', 'd', '');
const ids = fc.array(
  fc.constantFrom(...TALKS.map((userID) => `C2C${userID}`), 'GROUPg', 'GROUPnone', 'bad', 'C2Cstranger'),
  { maxLength: 4 },
);
const creation = fc.tuple(text, ids).map(
  ([name, list]): Step =>
    (desk) =>
      desk.create(name, list),
);
const edit = fc.oneof(
  text.map(
    (old): Step =>
      (desk, name) =>
        desk.delete(name(old)),
  ),
  fc.tuple(text, text).map(
    ([old, other]): Step =>
      (desk, name) =>
        desk.rename(name(old), other),
  ),
  fc.tuple(text, ids).map(
    ([old, list]): Step =>
      (desk, name) =>
        desk.add(name(old), list),
  ),
  fc.tuple(text, ids).map(
    ([old, list]): Step =>
      (desk, name) =>
        desk.remove(name(old), list),
  ),
);
const step = fc.oneof(creation, { weight: 3, arbitrary: edit });
const byName = (name: string): Named => name;

function newDesk(): ConversationDesk {
  const desk = new ConversationDesk();
  for (const userID of TALKS) desk.hasTalk(userID);
  desk.hasGroup('g');
  return desk;
}

function expectSound(desk: ConversationDesk, idsGiven: Set<number>, idsBefore: ReadonlySet<number>): void {
  const all = desk.read();
  const names = all.map(({ groupName }) => groupName);
  expect(new Set(names).size).toBe(names.length);
  expect(all.length).toBeLessThanOrEqual(20);
  expect(new Set(all.flatMap((each) => each.conversationIDList)).size).toBeLessThanOrEqual(1_000);
  for (const { conversationGroupID, conversationIDList } of all) {
    expect(new Set(conversationIDList).size).toBe(conversationIDList.length);
    if (!idsBefore.has(conversationGroupID)) expect(idsGiven.has(conversationGroupID)).toBe(false);
    idsGiven.add(conversationGroupID);
  }
}

const idsNow = (desk: ConversationDesk) => new Set(desk.conversationGroups.map(({ id }) => id));

describe('any history of conversation groups', () => {
  it('[CG3][DL5] names are unique, ids are never given twice, and the events give what reading gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const desk = newDesk();
        const idsGiven = new Set<number>();
        let mirror: ConversationGroup[] = [];
        for (const run of steps) {
          const before = { ids: idsNow(desk), read: JSON.stringify(desk.read()) };
          run(desk, byName);
          mirror = applyEvents(mirror, desk.events);
          expectSound(desk, idsGiven, before.ids);
          expect(mirror).toEqual(desk.read());
          expect(desk.events.length > 0).toBe(JSON.stringify(desk.read()) !== before.read);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[CG1][CG7] the limits hold however many are asked for', () => {
    const name = fc.integer({ min: 0, max: 29 }).map((i) => `n${i}`);
    const filling = fc.tuple(name, fc.integer({ min: 0, max: 1_400 })).map(([to, first]): Step => {
      const list = Array.from({ length: 100 }, (_, i) => `C2Cuser${first + i}`);
      return (desk) => {
        desk.create(to, list);
        return desk.add(to, list);
      };
    });
    const deletion = name.map(
      (old): Step =>
        (desk) =>
          desk.delete(old),
    );
    const steps = fc.array(fc.oneof({ weight: 9, arbitrary: filling }, deletion), {
      minLength: 20,
      maxLength: 50,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (steps) => {
        const desk = new ConversationDesk();
        desk.listedOnly = false;
        const idsGiven = new Set<number>();
        for (const run of steps) {
          const before = idsNow(desk);
          run(desk, byName);
          expectSound(desk, idsGiven, before);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** A device that hears of changes late, and names what it edits by the id that it holds. */
class Editor {
  mirror: ConversationGroup[] = [];
  private heard = 0;

  hear(log: readonly ConversationDesk['events'][], most = log.length): void {
    for (; this.heard < most; this.heard++) this.mirror = applyEvents(this.mirror, log[this.heard] ?? []);
  }

  readonly naming = (groupName: string): Named => {
    const known = this.mirror.find((each) => each.groupName === groupName);
    return known === undefined ? groupName : { groupName, conversationGroupID: known.conversationGroupID };
  };
}

describe('two devices that edit at once', () => {
  it('[CG16] end equal, whatever the interleaving and however late each hears of the other', () => {
    const turn = fc.record({ who: fc.constantFrom(0, 1), run: step, hears: fc.nat({ max: 5 }) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 50, size: 'max' }), (turns) => {
        const desk = newDesk();
        const editors = [new Editor(), new Editor()] as const;
        const log: ConversationDesk['events'][] = [];
        turns.forEach(({ who, run, hears }) => {
          const editor = who === 0 ? editors[0] : editors[1];
          editor.hear(log, Math.max(0, log.length - hears));
          run(desk, editor.naming);
          log.push(desk.events);
        });
        for (const editor of editors) {
          editor.hear(log);
          expect(editor.mirror).toEqual(desk.read());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[CG16] an edit that names the id lands where it was meant, after any rename by the other', () => {
    const newName = fc.constantFrom('x', 'y', 'z');
    fc.assert(
      fc.property(fc.array(newName, { minLength: 1, maxLength: 5 }), (renames) => {
        const desk = newDesk();
        desk.create('a');
        const late = new Editor();
        late.hear([desk.events]);
        for (const name of renames) desk.rename({ groupName: 'a', conversationGroupID: 1 }, name);
        desk.create('a');
        desk.add(late.naming('a'), ['C2Cbob']);
        expect(desk.read().map((each) => each.conversationIDList)).toEqual([['C2Cbob'], []]);
      }),
    );
  });
});
