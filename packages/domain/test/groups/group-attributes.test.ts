import {
  type Asker,
  deleteAttributes,
  dismissGroup,
  initAttributes,
  joinGroup,
  readAttributes,
  setAttributes,
} from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { administrator, by, type Town, townWith } from './group-town.ts';

const alice = by('alice');
const entries = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value }));
const input = (attributes: Record<string, string>) => ({
  groupID: 'g',
  groupAttributes: entries(attributes),
});
const init = (town: Town, attributes: Record<string, string>, asker: Asker = alice) =>
  town.must((state) => initAttributes(state, asker, input(attributes)));
const set = (town: Town, attributes: Record<string, string>, asker: Asker = alice) =>
  town.must((state) => setAttributes(state, asker, input(attributes)));
const refused = (town: Town, attributes: Record<string, string>, asker: Asker = alice) =>
  town.refused((state) => setAttributes(state, asker, input(attributes)));
const remove = (town: Town, keyList?: string[]) =>
  town.must((state) => deleteAttributes(state, alice, { groupID: 'g', ...(keyList && { keyList }) })).keyList;
const told = (town: Town) => town.events.map(({ scope, event }) => ({ scope, ...event }));

function read(town: Town, keyList?: string[], asker: Asker = alice) {
  const reading = readAttributes(town.state, asker, { groupID: 'g', ...(keyList && { keyList }) });
  return reading.ok
    ? Object.fromEntries(reading.reply.groupAttributes.map(({ key, value }) => [key, value]))
    : reading.error;
}

describe('writing attributes', () => {
  it('[GR5] puts all in the place of all, or sets some and leaves the others', () => {
    const town = townWith({ type: 'Public' });
    init(town, { a: '1', b: '2' });
    set(town, { b: '3', c: '' });
    expect(read(town)).toEqual({ a: '1', b: '3', c: '' });
    init(town, { c: '4' });
    expect(read(town)).toEqual({ c: '4' });
    init(town, {});
    expect(read(town)).toEqual({});
  });

  it('[GR5] tells the group all that there is, and the keys of what changed', () => {
    const town = townWith({ type: 'Public' });
    init(town, { a: '1', b: '2' });
    set(town, { b: '2' }, by('bob', { by: { device: 7, seq: 3 } }));
    const event = { scope: 'group:g', name: 'groupAttributesUpdated', groupID: 'g' };
    expect(told(town)).toEqual([
      {
        ...event,
        groupAttributes: entries({ a: '1', b: '2' }),
        updatedKeyList: ['b'],
        deletedKeyList: [],
        by: { device: 7, seq: 3 },
      },
    ]);
    init(town, { c: '3' });
    expect(told(town)).toMatchObject([
      { groupAttributes: entries({ c: '3' }), updatedKeyList: ['c'], deletedKeyList: ['a', 'b'] },
    ]);
  });

  it('[GR5] deletes those named, all when none is, and skips absent names', () => {
    const town = townWith();
    init(town, { a: '1', b: '2', c: '3' });
    expect(remove(town, ['b', 'x', 'b'])).toEqual(['b']);
    expect(told(town)).toMatchObject([{ updatedKeyList: [], deletedKeyList: ['b'] }]);
    expect(remove(town, ['x'])).toEqual([]);
    expect(told(town)).toEqual([]);
    expect(remove(town, [])).toEqual(['a', 'c']);
    set(town, { d: '4' });
    expect(remove(town)).toEqual(['d']);
    expect(read(town)).toEqual({});
    init(town, {});
    expect(told(town)).toEqual([]);
  });

  it('[GR5] reads those named, all when none is', () => {
    const town = townWith();
    init(town, { a: '1', ['__proto__']: '2' });
    expect(read(town, [])).toEqual({ a: '1', ['__proto__']: '2' });
    expect(read(town, ['a', 'x'])).toEqual({ a: '1' });
  });
});

describe('what may stand there', () => {
  it('[GR5] 16 of them, and not one more', () => {
    const town = townWith();
    const sixteen = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, 'v']));
    set(town, sixteen);
    set(town, { k3: 'w' });
    expect(refused(town, { more: 'v' })).toBe('BAD_ARGUMENT_VALUE');
    expect(town.attributes.size).toBe(16);
  });

  it('[GR5] keys of 1 to 32 bytes and values of up to 4,000, counted in UTF-8', () => {
    const town = townWith();
    set(town, { ['ä'.repeat(16)]: 'v', v: `${'ä'.repeat(1_999)}ab` });
    for (const key of ['', `${'ä'.repeat(15)}abc`, 'a\u0000', '\ud800']) {
      expect(refused(town, { [key]: 'v' })).toBe('BAD_ARGUMENT_VALUE');
    }
    for (const value of [`${'ä'.repeat(1_999)}abc`, 'a\u0000', '\ud800']) {
      expect(refused(town, { key: value })).toBe('BAD_ARGUMENT_VALUE');
    }
  });

  it('[GR5] 16,000 bytes in all, keys and values together', () => {
    const town = townWith();
    set(town, { a: 'x'.repeat(4_000), b: 'x'.repeat(4_000), c: 'x'.repeat(4_000), d: 'x'.repeat(3_996) });
    expect(refused(town, { d: 'x'.repeat(3_997) })).toBe('BAD_ARGUMENT_VALUE');
    expect(refused(town, { e: '' })).toBe('BAD_ARGUMENT_VALUE');
    set(town, { d: '', e: 'x'.repeat(3_995) });
  });

  it('[GR5] no key twice, and not nothing', () => {
    const town = townWith();
    const twice = [...entries({ a: '1' }), ...entries({ a: '2' })];
    const error = town.refused((state) =>
      initAttributes(state, alice, { groupID: 'g', groupAttributes: twice }),
    );
    expect([error, refused(town, {})]).toEqual(['BAD_ARGUMENT_VALUE', 'BAD_ARGUMENT_VALUE']);
  });
});

describe('who may', () => {
  it('[GR5] members and administrators, also where a Community has topics', () => {
    const town = townWith({ type: 'Community', isSupportTopic: true });
    set(town, { a: '1' });
    set(town, { a: '2' }, administrator);
    expect(read(town, [], administrator)).toEqual({ a: '2' });
    expect(refused(town, { a: '3' }, by('eve'))).toBe('NOT_PERMITTED');
    expect(read(town, [], by('eve'))).toBe('NOT_PERMITTED');
  });

  it('[GR5][GR7] in an AVChatRoom those who are there, and the owner in any case', () => {
    const town = townWith({ type: 'AVChatRoom' });
    set(town, { a: '1' }, by('olivia'));
    expect(refused(town, { a: '2' }, by('bob', { device: 5 }))).toBe('NOT_PERMITTED');
    town.must((state) => joinGroup(state, by('bob', { device: 5 }), { groupID: 'g' }));
    set(town, { a: '2' }, by('bob'));
    expect(read(town, [], by('olivia'))).toEqual({ a: '2' });
  });

  it('[GR4][GR5] nobody once the group has ended', () => {
    const town = townWith({ type: 'Public' });
    set(town, { a: '1' });
    town.must((state) => dismissGroup(state, by('olivia')));
    expect([refused(town, { a: '2' }), read(town)]).toEqual(['GROUP_NOT_FOUND', 'GROUP_NOT_FOUND']);
  });
});
