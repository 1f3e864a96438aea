/** Group counters. */
import assert from 'node:assert/strict';
import { both, differs, type Probe, type SDKRow, type Section, works } from '../row.ts';
import { codeOf, eventually, groupOf, has, type Person, type Stage } from '../stage.ts';

/** A group with the counter `a` at 5. */
export async function counting(stage: Stage, type?: string): Promise<string> {
  const groupID = await groupOf(stage, type);
  const { data } = await stage.me.call('setGroupCounters', { groupID, counters: { a: 5, z: 0 } });
  assert.deepEqual(data.counters, { a: 5, z: 0 });
  return groupID;
}

async function countersOf(one: Person, groupID: string): Promise<unknown> {
  return (await one.call('getGroupCounters', { groupID })).data.counters;
}

const seen = (one: Person, groupID: string, counters: object): Promise<void> =>
  eventually(async () => assert.deepEqual(await countersOf(one, groupID), counters));

async function sets(stage: Stage): Promise<void> {
  for (const type of ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community']) {
    const groupID = await counting(stage, type);
    await seen(stage.other, groupID, { a: 5, z: 0 });
  }
}

/** By 2 from 5, by 3 from what is absent, and by 0 as the SDK has it. */
function changes(method: string, sign: 1 | -1, answer: (data: object) => object): Probe<Stage> {
  return async (stage) => {
    const { me, other } = stage;
    const groupID = await counting(stage);
    const by = async (key: string, value: number): Promise<unknown> =>
      (await me.call(method, { groupID, key, value })).data;
    const result = { groupID, key: 'a', value: 5 + 2 * sign, counters: { a: 5 + 2 * sign } };
    has((await by('a', 2)) as object, answer(result));
    await by('absent', 3);
    await seen(other, groupID, { a: 5 + 2 * sign, absent: 3 * sign, z: 0 });
  };
}

const COUNTERS_ALONE =
  'resolves `{counters: {[key]: value}}` alone: the client makes its own answer; by 0 it throws';

function ownWay(method: string, sign: 1 | -1): Probe<Stage> {
  return async (stage) => {
    await changes(method, sign, ({ counters }: { counters?: object }) => ({ counters }))(stage);
    const groupID = await counting(stage);
    const { data } = await stage.me.call(method, { groupID, key: 'a', value: 1 });
    assert.deepEqual(Object.keys(data), ['counters']);
    await assert.rejects(stage.me.call(method, { groupID, key: 'a', value: 0 }), /Params validate failed/);
  };
}

const row = (method: string, sign: 1 | -1): SDKRow<Stage> => ({
  ours: works(changes(method, sign, (result) => result)),
  original: differs(COUNTERS_ALONE, ownWay(method, sign)),
});

async function gets(stage: Stage): Promise<void> {
  const groupID = await counting(stage);
  const { data } = await stage.other.call('getGroupCounters', { groupID, keyList: ['a', 'absent'] });
  assert.deepEqual(data.counters, { a: 5 });
  assert.equal(await codeOf(stage.me.call('getGroupCounters', { groupID: 'absent' })), 10_010);
}

/** A value whose last digit no number of JavaScript has, written by a backend. */
const BIG = '9007199254740993';

function readsBig(value: unknown): Probe<Stage> {
  return async (stage) => {
    await gets(stage);
    const groupID = await counting(stage);
    const body = `{"GroupId":"${groupID}","GroupCounter":[{"Key":"big","Value":${BIG}}]}`;
    await stage.rest('group_open_http_svc/update_group_counter', body);
    await seen(stage.me, groupID, { a: 5, z: 0, big: value });
  };
}

export const GROUP_COUNTERS: Section<SDKRow<Stage>> = {
  title: 'Group counters',
  rows: {
    setGroupCounters: both(works(sets)),
    increaseGroupCounter: row('increaseGroupCounter', 1),
    decreaseGroupCounter: row('decreaseGroupCounter', -1),
    getGroupCounters: {
      ours: differs('a value beyond ±(2^53-1) comes as a `bigint`, exact (GC5)', readsBig(BIG)),
      original: differs(
        'a value beyond ±(2^53-1) comes rounded: there the numbers of the client end',
        readsBig(Number(BIG)),
      ),
    },
  },
};
