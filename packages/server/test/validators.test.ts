import { describe, expect, it } from 'vitest';
import { inputFault } from '../src/validators.ts';

describe('the words for an input that is refused', () => {
  it('[DI4] name an argument that the command does not know', () => {
    expect(inputFault('getGroupList', { foo: 1, bar: 2 })).toBe(
      'getGroupList: the argument "foo" is unknown to it',
    );
    const counters = [{ key: 'likes', value: 1, foo: 1 }];
    expect(inputFault('updateGroupCounters', { groupID: 'g', counters })).toBe(
      'updateGroupCounters: the argument "counters.0.foo" is unknown to it',
    );
  });

  it('[DL10] name an argument that is missing or of the wrong type', () => {
    expect(inputFault('joinGroup', {})).toContain('groupID');
    expect(inputFault('joinGroup', { groupID: 5 })).toContain('"groupID" must be string');
    for (const input of [null, [], 'text', 7]) expect(inputFault('joinGroup', input)).toContain('the input');
  });
});
