import { expect, it } from 'vitest';
import { Mirror } from '../../src/memory/mirror.ts';
import { newLogin } from '../../src/sync/login.ts';
import { loginInput } from '../../src/sync/login-frame.ts';
import { groupView, PROFILE } from '../fake-server.ts';

function mirrorOf(count: number): Mirror {
  const mirror = new Mirror();
  mirror.reset('alice');
  const groups = Array.from({ length: count }, (_, index) =>
    groupView(`group-with-a-rather-long-name-of-its-own-${index}`),
  );
  mirror.applyLogin({
    device: 7,
    sessionKey: 'k',
    serverTime: 0,
    epoch: 'epoch',
    seq: 1,
    snapshot: { profile: PROFILE, groups, conversations: [], conversationGroups: [] },
    calls: null,
    resumed: false,
  });
  for (const { profile } of groups) mirror.heldCounters.hear(profile.groupID);
  return mirror;
}

const back = { ...newLogin('alice', 'sig'), device: 7, sessionKey: 'key' };
const frameOf = (mirror: Mirror, isByKey: boolean) => loginInput({ ...back, isByKey }, 1, mirror);

it('[DL4][GC14] names every log and every heard counter set', () => {
  const input = frameOf(mirrorOf(200), true);
  expect(input).toMatchObject({ device: 7, sessionKey: 'key' });
  expect([input.positions?.length, input.counters?.length]).toEqual([201, 200]);
});

it('[SE1] stays within the frame: first it names no positions, then fewer counters', () => {
  for (const [count, isByKey, max] of [
    [1_900, true, 262_144],
    [1_900, false, 65_536],
    [3_000, true, 262_144],
  ] as const) {
    const input = frameOf(mirrorOf(count), isByKey);
    expect(JSON.stringify(input).length).toBeLessThan(max);
    expect(input.counters?.length).toBeGreaterThan(300);
  }
});

it('[GC15] does not take for whole what it could not name', () => {
  const mirror = mirrorOf(3_000);
  const groupID = [...mirror.heldGroups.keys()].at(-1) as string;
  mirror.applyCounterSet(groupID, { counters: [], deleted: [], version: 0, live: true });
  expect(mirror.heldCounters.whole(groupID)).toBeDefined();
  frameOf(mirror, true);
  expect(mirror.heldCounters.whole(groupID)).toBeUndefined();
});
