import { describe, expect, it } from 'vitest';
import { operationHash } from '../src/operation-hash.ts';

const input = { groupID: 'g', mode: 'Increase', counters: [{ key: 'a', value: 1 }] };

describe('the hash of an operation', () => {
  it('[DL2] does not depend on the order of properties', () => {
    const { groupID, mode, counters } = input;
    expect(operationHash('c', { counters, mode, groupID })).toBe(operationHash('c', input));
  });

  it('[DL2] [CG16] does not depend on what a device knows besides what it was asked', () => {
    const added = { ...input, conversationGroupID: 1, through: 7 };
    expect(operationHash('c', added)).toBe(operationHash('c', input));
  });

  it.each([
    ['another command', 'd', input],
    ['another key', 'c', { ...input, counters: [{ key: 'b', value: 1 }] }],
    ['another value', 'c', { ...input, counters: [{ key: 'a', value: 2 }] }],
    ['a string for a number', 'c', { ...input, counters: [{ key: 'a', value: '1' }] }],
    ['one entry more', 'c', { ...input, counters: [...input.counters, { key: 'b', value: 1 }] }],
  ])('[DL2] tells %s', (_what, command, other) => {
    expect(operationHash(command, other)).not.toBe(operationHash('c', input));
  });
});
