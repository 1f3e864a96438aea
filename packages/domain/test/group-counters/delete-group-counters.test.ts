import { deleteCounters } from '@muster/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMINISTRATOR, counterState, MEMBER } from './counter-states.ts';

const state = counterState({ a: 1, b: 2, ['__proto__']: 3 }, { actor: ADMINISTRATOR });

describe('deleteCounters', () => {
  it('[GC16] deletes those named that exist, each once, under one version', () => {
    expect(deleteCounters(state, { keyList: ['b', 'absent', 'b', ''] })).toEqual({
      ok: true,
      changes: { set: [], deleted: ['b'] },
      events: [],
      reply: { counters: [], keyList: ['b'], version: 8 },
    });
  });

  it('[GC16] deletes all without a keyList', () => {
    expect(deleteCounters(state, {})).toMatchObject({
      changes: { deleted: ['a', 'b', '__proto__'] },
      reply: { version: 8 },
    });
  });

  it('[GC16] [GC12] takes no version when nothing is deleted', () => {
    for (const keyList of [[], ['absent']]) {
      expect(deleteCounters(state, { keyList })).toMatchObject({
        changes: { deleted: [] },
        reply: { version: 7 },
      });
    }
    expect(deleteCounters(counterState({}, { actor: ADMINISTRATOR }), {})).toMatchObject({
      reply: { version: 7 },
    });
  });

  it('[GC16] a member may not', () => {
    expect(deleteCounters({ ...state, actor: MEMBER }, {})).toMatchObject({ error: 'NOT_PERMITTED' });
  });

  it('[GC16] deletes only what is there, whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', '\ud800')), (keyList) => {
        const decision = deleteCounters(state, { keyList });
        const deleted = decision.ok ? [...decision.changes.deleted] : ['refused'];
        expect(deleted).toEqual([...new Set(keyList)].filter((key) => state.counters.has(key)));
      }),
    );
  });
});
