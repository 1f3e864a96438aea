/** The three commands of group counters, exact to the last digit. */
import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heardCounters, listeningDevice } from './listening-device.ts';
import { importAccounts, rest, restOK } from './rest-client.ts';

const MAX = '9223372036854775807';
const MIN = '-9223372036854775808';
const GET = 'group_open_http_svc/get_group_counter';
const UPDATE = 'group_open_http_svc/update_group_counter';
const DELETE = 'group_open_http_svc/delete_group_counter';

let muster: Muster;
let alice: RawDevice;
let groups = 0;
let groupID: string;

beforeAll(async () => {
  muster = await startMuster({ tickMs: 0 });
  await importAccounts(muster, 'alice');
  alice = await listeningDevice(muster, 'alice');
});
afterAll(() => muster.close());
beforeEach(async () => {
  groups += 1;
  groupID = `counted${groups}`;
  await make(groupID, 'Public');
});

async function make(GroupId: string, Type: string, more: object = {}): Promise<void> {
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ GroupId, Type, Name: 'Counted', Owner_Account: 'alice' },
    ...more,
  });
}

/** A body with values in the digits that are given. */
function bodyOf(counters: Record<string, string>, mode?: string): string {
  const list = Object.entries(counters).map(
    ([key, digits]) => `{"Key":${JSON.stringify(key)},"Value":${digits}}`,
  );
  const rest = mode === undefined ? '' : `,"Mode":${JSON.stringify(mode)}`;
  return `{"GroupId":${JSON.stringify(groupID)},"GroupCounter":[${list.join(',')}]${rest}}`;
}

describe('update_group_counter', () => {
  it('[RS2][GC3] takes and gives all 64 bits as JSON integers', async () => {
    const set = await rest(
      muster,
      UPDATE,
      bodyOf({ most: MAX, least: MIN, safe: '9007199254740992' }, 'Set'),
    );
    const list =
      `"GroupCounter":[{"Key":"most","Value":${MAX}},{"Key":"least","Value":${MIN}},` +
      '{"Key":"safe","Value":9007199254740992}]';
    expect(set.text).toBe(`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,${list}}`);
    const read = await rest(muster, GET, { GroupId: groupID, GroupCounterKeys: ['most'] });
    expect(read.text).toContain(`"GroupCounter":[{"Key":"most","Value":${MAX}}]}`);
    const frame = await heardCounters(alice, (frame) => frame.groupID === groupID);
    expect(frame.counters).toEqual(
      expect.arrayContaining([
        { key: 'most', value: MAX, version: 1 },
        { key: 'least', value: MIN, version: 1 },
      ]),
    );
  });

  it('[RS2][GC7] is exact where numbers are not', async () => {
    await restOK(muster, UPDATE, bodyOf({ a: '9007199254740993' }));
    const more = await rest(muster, UPDATE, bodyOf({ a: '9007199254740993' }, 'Increase'));
    expect(more.text).toContain('"Value":18014398509481986}');
    const less = await rest(muster, UPDATE, bodyOf({ a: '-9205357638345293821' }, 'Decrease'));
    expect(less.text).toContain(`"Value":${MAX}}`);
  });

  it.each(['1.5', '1e3', '1.0', '"5"', '9223372036854775808', '-9223372036854775809', 'true', 'null', '[1]'])(
    '[RS2][GC2] the value %s is refused 10004 and changes nothing',
    async (digits) => {
      const { body } = await rest(muster, UPDATE, bodyOf({ a: '1', b: digits }));
      expect(body).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10004 });
      expect(await restOK(muster, GET, { GroupId: groupID })).toEqual({ GroupCounter: [] });
    },
  );

  it('[RS5][DL10] a missing argument is refused 10004', async () => {
    for (const body of [
      {},
      { GroupId: groupID },
      { GroupId: groupID, GroupCounter: [] },
      { GroupId: groupID, GroupCounter: 'a' },
      { GroupId: groupID, GroupCounter: [{ Key: 'a' }] },
      { GroupId: groupID, GroupCounter: [{ Value: 1 }] },
      { GroupId: groupID, GroupCounter: [{ Key: 'a', Value: 1 }], Mode: 'Multiply' },
      { GroupCounter: [{ Key: 'a', Value: 1 }] },
    ])
      expect((await rest(muster, UPDATE, body)).body.ErrorCode).toBe(10004);
  });

  it('[GC18] several keys are one change with one version, Set when no mode is named', async () => {
    await restOK(muster, UPDATE, bodyOf({ a: '1', b: '2' }));
    const more = await restOK(muster, UPDATE, bodyOf({ a: '10', b: '20', c: '30' }, 'Increase'));
    expect(more).toEqual({
      GroupCounter: [
        { Key: 'a', Value: 11 },
        { Key: 'b', Value: 22 },
        { Key: 'c', Value: 30 },
      ],
    });
    const frame = await heardCounters(alice, ({ groupID: id, version }) => id === groupID && version === 2);
    expect(frame.counters.map(({ key, version }) => [key, version]).sort()).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 2],
    ]);
  });

  it('[GC18] a key that is named twice is refused 10004, and an overflow undoes the other keys', async () => {
    const twice = { GroupId: groupID, GroupCounter: [1, 2].map((Value) => ({ Key: 'a', Value })) };
    expect((await rest(muster, UPDATE, twice)).body.ErrorCode).toBe(10004);
    await restOK(muster, UPDATE, bodyOf({ a: MAX, b: '1' }));
    const over = await rest(muster, UPDATE, bodyOf({ b: '1', a: '1' }, 'Increase'));
    expect(over.body).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10004 });
    expect((await rest(muster, GET, { GroupId: groupID, GroupCounterKeys: ['b'] })).text).toContain(
      '"Value":1}',
    );
  });

  it('[GC1] more than 20 counters are refused 10063', async () => {
    const keys = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, '1']));
    expect((await rest(muster, UPDATE, bodyOf(keys))).body.ErrorCode).toBe(10063);
  });

  it('[GC9] works in every type of group, by all its names, save a Community with topics', async () => {
    for (const [Type, GroupId] of Object.entries({
      Private: 'p',
      Work: 'w',
      ChatRoom: 'c',
      Meeting: 'm',
      AVChatRoom: 'a',
      Community: '@TGS#_c',
    })) {
      groupID = `${GroupId}${groups}`;
      await make(groupID, Type);
      expect(await restOK(muster, UPDATE, bodyOf({ a: '7' }))).toEqual({
        GroupCounter: [{ Key: 'a', Value: 7 }],
      });
    }
    groupID = `@TGS#_topics${groups}`;
    await make(groupID, 'Community', { SupportTopic: 1 });
    expect((await rest(muster, UPDATE, bodyOf({ a: '7' }))).body.ErrorCode).toBe(10007);
  });

  it('[GR3] an absent group is 10010', async () => {
    for (const [command, more] of [
      [UPDATE, { GroupCounter: [{ Key: 'a', Value: 1 }] }],
      [GET, {}],
      [DELETE, {}],
    ] as const)
      expect((await rest(muster, command, { GroupId: 'absent', ...more })).body.ErrorCode).toBe(10010);
  });
});

describe('get_group_counter', () => {
  it('[GC8] gives all counters, or those named that exist', async () => {
    await restOK(muster, UPDATE, bodyOf({ a: '1', b: '2' }));
    const all = {
      GroupCounter: [
        { Key: 'a', Value: 1 },
        { Key: 'b', Value: 2 },
      ],
    };
    expect(await restOK(muster, GET, { GroupId: groupID })).toEqual(all);
    expect(await restOK(muster, GET, { GroupId: groupID, GroupCounterKeys: ['b', 'c'] })).toEqual({
      GroupCounter: [{ Key: 'b', Value: 2 }],
    });
  });
});

describe('delete_group_counter', () => {
  it('[GC16][RS4] deletes those named, or all, which members hear at once', async () => {
    await restOK(muster, UPDATE, bodyOf({ a: '1', b: '2', c: '3' }));
    expect(await restOK(muster, DELETE, { GroupId: groupID, GroupCounterKeys: ['a', 'x'] })).toEqual({});
    await heardCounters(alice, ({ groupID: id, deleted }) => id === groupID && deleted.length > 0);
    expect(await restOK(muster, GET, { GroupId: groupID })).toEqual({
      GroupCounter: [
        { Key: 'b', Value: 2 },
        { Key: 'c', Value: 3 },
      ],
    });
    await restOK(muster, DELETE, { GroupId: groupID });
    const frame = await heardCounters(alice, ({ groupID: id, version }) => id === groupID && version === 3);
    expect(frame.deleted.map(({ key }) => key).sort()).toEqual(['b', 'c']);
    expect(await restOK(muster, GET, { GroupId: groupID })).toEqual({ GroupCounter: [] });
  });
});

describe('together with a device', () => {
  it('[RS4][GC17] 200 increases of REST and of a device sum exactly', async () => {
    const input = { groupID, mode: 'Increase' as const, counters: [{ key: 'likes', value: 1 }] };
    const [ours, theirs] = await Promise.all([
      Promise.all(Array.from({ length: 100 }, () => alice.request('updateGroupCounters', input))),
      Promise.all(
        Array.from({ length: 100 }, () => restOK(muster, UPDATE, bodyOf({ likes: '1' }, 'Increase'))),
      ),
    ]);
    const results = [
      ...ours.map((answer) => (answer.ok ? answer.output.counters[0]?.value : answer.error.name)),
      ...theirs.map((body) => (body.GroupCounter as { Value: number }[])[0]?.Value),
    ].map(Number);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });
});
