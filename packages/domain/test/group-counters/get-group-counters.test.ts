import { readCounters } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { counterState, OUTSIDER } from './counter-states.ts';

const state = counterState(
  { a: 1, b: 2n ** 60n },
  {
    deleted: new Map([
      ['c', 6],
      ['a', 3],
    ]),
  },
);

describe('readCounters', () => {
  const all = {
    counters: [
      { key: 'a', value: 1, version: 5 },
      { key: 'b', value: 2n ** 60n, version: 5 },
    ],
    deleted: [{ key: 'c', version: 6 }],
    version: 7,
  };

  it('[GC8] gives all without a keyList and with an empty one', () => {
    expect(readCounters(state, {})).toEqual({ ok: true, reply: all });
    expect(readCounters(state, { keyList: [] })).toEqual({ ok: true, reply: all });
  });

  it('[GC8] gives those named that exist, each once', () => {
    expect(readCounters(state, { keyList: ['b', 'absent', 'b', 'c'] })).toEqual({
      ok: true,
      reply: { counters: [all.counters[1]], deleted: all.deleted, version: 7 },
    });
  });

  it('[GC16] a key made again is no longer among the deleted', () => {
    expect(readCounters(state, { keyList: ['a'] })).toMatchObject({ reply: { deleted: [] } });
  });

  it('[GC9] is for members', () => {
    expect(readCounters({ ...state, actor: OUTSIDER }, {})).toMatchObject({ error: 'NOT_PERMITTED' });
    expect(readCounters({ ...state, group: undefined }, {})).toMatchObject({ error: 'GROUP_NOT_FOUND' });
  });
});
