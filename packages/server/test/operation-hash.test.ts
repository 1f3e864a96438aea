import { describe, expect, it } from 'vitest';
import { appOperationHash, operationHash } from '../src/operation-hash.ts';

const input = { groupID: 'g', mode: 'Increase', counters: [{ key: 'a', value: 1 }] };

describe('the hash of an operation', () => {
  it('[DL2] does not depend on the order of properties', () => {
    const { groupID, mode, counters } = input;
    expect(operationHash('c', { counters, mode, groupID })).toBe(operationHash('c', input));
  });

  it('[DL2] [CG16] of what an app asks does not depend on what its device knows besides', () => {
    const added = { ...input, conversationGroupID: 1, through: 7 };
    expect(appOperationHash('c', added)).toBe(operationHash('c', input));
    expect(appOperationHash('c', { ...added, groupID: 'h' })).not.toBe(operationHash('c', input));
  });

  it('[DL2] tells what was asked without a device from the same with another id', () => {
    const named = { groupName: 'n', conversationGroupID: 1 };
    expect(operationHash('c', named)).not.toBe(operationHash('c', { ...named, conversationGroupID: 2 }));
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
