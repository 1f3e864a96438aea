/** Group counters, as the original SDK sets, increases, decreases and reads them. */
import MusterChat from '@muster/chat';
import { describe, expect, it } from 'vitest';
import { restOK } from '../rest/rest-client.ts';
import type { Caller } from './caller.ts';
import { groupIDOf, type Place, withCastIn } from './cast.ts';

export function groupCounterStories(place: Place): void {
  describe(`in ${place.name}`, () => {
    const TYPES = ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community'];
    const cast = withCastIn(place);
    const limited = withCastIn(place, { limits: 'on' });

    /** A group of a type with two members. */
    async function groupOf(type: string, [ann, bob]: [Caller, Caller]): Promise<string> {
      const groupID = groupIDOf(type);
      await ann.call('createGroup', {
        type,
        name: 'team',
        groupID,
        ...(type === 'Public' ? { joinOption: 'FreeAccess' } : {}),
      });
      if (type === 'AVChatRoom') await ann.call('joinGroup', { groupID });
      if (type === 'Private') {
        await ann.call('addGroupMember', { groupID, userIDList: [bob.userID] });
        await bob.hears('GROUP_LIST_UPDATED', (list) => list.length === 1);
      } else await bob.call('joinGroup', { groupID });
      return groupID;
    }

    const isCounter = (key: string, value: number) => (data: { key: string; value: number }) =>
      data.key === key && data.value === value;

    describe.each(TYPES)('counters of a group of the type %s', (type) => {
      it('[GC6][GC7][GC8][GC11] every call, its result and its events on caller and peer', async () => {
        const people: [Caller, Caller] = [await cast.original('ann'), await cast.original('bob')];
        const [ann, bob] = people;
        const groupID = await groupOf(type, people);
        const set = await ann.call('setGroupCounters', { groupID, counters: { a: 0, b: 8 } });
        expect(set).toEqual({ code: 0, data: { counters: { a: 0, b: 8 } } });
        for (const one of people) {
          expect(await one.hears('GROUP_COUNTER_UPDATED', isCounter('a', 0))).toEqual({
            groupID,
            key: 'a',
            value: 0,
          });
          await one.hears('GROUP_COUNTER_UPDATED', isCounter('b', 8));
        }
        expect(await bob.call('increaseGroupCounter', { groupID, key: 'b', value: 2 })).toEqual({
          code: 0,
          data: { counters: { b: 10 } },
        });
        expect(await ann.call('decreaseGroupCounter', { groupID, key: 'new', value: 3 })).toEqual({
          code: 0,
          data: { counters: { new: -3 } },
        });
        for (const one of people) {
          await one.hears('GROUP_COUNTER_UPDATED', isCounter('b', 10));
          await one.hears('GROUP_COUNTER_UPDATED', isCounter('new', -3));
          const all = await one.call('getGroupCounters', { groupID });
          expect(all.data.counters).toEqual({ a: 0, b: 10, new: -3 });
        }
        const some = await bob.call('getGroupCounters', { groupID, keyList: ['b', 'absent'] });
        expect(some.data.counters).toEqual({ b: 10 });
      });
    });

    it('[GC1][GC2][GC7] refuses what the rules refuse, and changes nothing', async () => {
      const people: [Caller, Caller] = [await cast.original('ann'), await cast.original('bob')];
      const [ann] = people;
      const groupID = await groupOf('Public', people);
      const twenty = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, index]));
      await ann.call('setGroupCounters', { groupID, counters: twenty });
      expect(await ann.codeOf('setGroupCounters', { groupID, counters: { k0: 5, more: 1 } })).toBe(10_063);
      expect(await ann.codeOf('increaseGroupCounter', { groupID, key: 'more', value: 1 })).toBe(10_063);
      expect(await ann.codeOf('setGroupCounters', { groupID, counters: { k0: 1.5 } })).toBe(10_004);
      expect(await ann.codeOf('setGroupCounters', { groupID, counters: { k0: 'text' } })).toBe(10_004);
      expect(await ann.codeOf('setGroupCounters', { groupID, counters: { ['x'.repeat(129)]: 1 } })).toBe(
        10_004,
      );
      const most = Number.MAX_SAFE_INTEGER;
      await ann.call('setGroupCounters', { groupID, counters: { k0: most } });
      expect((await ann.call('getGroupCounters', { groupID })).data.counters).toEqual({
        ...twenty,
        k0: most,
      });
      const stranger = await cast.original('eve');
      expect(await stranger.codeOf('getGroupCounters', { groupID })).toBe(10_007);
      expect(await stranger.codeOf('getGroupCounters', { groupID: 'absent' })).toBe(10_010);
    });

    it('[GC3] a value beyond the numbers of the client arrives rounded, and as a number', async () => {
      const ann = await cast.original('ann');
      const groupID = groupIDOf('Public');
      await ann.call('createGroup', { type: 'Public', name: 'team', groupID });
      const ours = await cast.server.login(ann.userID);
      await ours.setGroupCounters({ groupID, counters: { big: 9_007_199_254_740_993n as never } });
      await ann.hears('GROUP_COUNTER_UPDATED', isCounter('big', 9_007_199_254_740_992));
      const { data } = await ann.call('getGroupCounters', { groupID });
      expect(data.counters).toEqual({ big: 9_007_199_254_740_992 });
    });

    it('[GC16] a deleted counter leaves the memory of the client', async () => {
      const people: [Caller, Caller] = [await cast.original('ann'), await cast.original('bob')];
      const [ann, bob] = people;
      const groupID = await groupOf('Public', people);
      await ann.call('setGroupCounters', { groupID, counters: { gone: 1, stays: 2 } });
      await bob.hears('GROUP_COUNTER_UPDATED', isCounter('stays', 2));
      expect((await bob.call('getGroupCounters', { groupID })).data.counters).toEqual({ gone: 1, stays: 2 });
      const ours = await cast.server.login(ann.userID);
      await ours.deleteGroupCounters({ groupID, keyList: ['gone'] });
      await cast.server.idle();
      expect((await bob.call('getGroupCounters', { groupID })).data.counters).toEqual({ stays: 2 });
    });

    it('[GR3][GC12] a group that is made again goes on counting for a client that knew the old one', async () => {
      const people: [Caller, Caller] = [await cast.original('ann'), await cast.original('bob')];
      const [ann] = people;
      const groupID = await groupOf('Public', people);
      for (const value of [1, 2, 3]) await ann.call('setGroupCounters', { groupID, counters: { a: value } });
      await ann.call('getGroupCounters', { groupID });
      await ann.call('dismissGroup', groupID);
      await ann.call('createGroup', { type: 'Public', name: 'again', groupID });
      await ann.call('setGroupCounters', { groupID, counters: { a: 9 } });
      expect((await ann.call('getGroupCounters', { groupID })).data.counters).toEqual({ a: 9 });
    });

    it('[GC10] one configuration sets the limits of the client', async () => {
      const ann = await limited.original('ann');
      const groupID = groupIDOf('Public');
      await ann.call('createGroup', { type: 'Public', name: 'team', groupID });
      await ann.hears('SERVER_CONFIG_UPDATED');
      const codes: (number | undefined)[] = [];
      for (let call = 0; call < 21; call += 1) {
        codes.push(await ann.codeOf('increaseGroupCounter', { groupID, key: 'a', value: 1 }));
      }
      expect(codes).toEqual([...Array<number>(20).fill(0), 2_996]);
      const free = await cast.original('ann');
      const other = groupIDOf('Public');
      await free.call('createGroup', { type: 'Public', name: 'team', groupID: other });
      await free.hears('SERVER_CONFIG_UPDATED');
      for (let call = 0; call < 25; call += 1) {
        expect(await free.codeOf('increaseGroupCounter', { groupID: other, key: 'a', value: 1 })).toBe(0);
      }
    });

    it('[GC17] a mixed room counts 1,000 increases exactly: ours, the original and REST', async () => {
      const people: [Caller, Caller] = [await cast.original('ann'), await cast.original('bob')];
      const [ann, bob] = people;
      const groupID = await groupOf('Public', people);
      const ours = await cast.server.login(ann.userID);
      const seen: number[] = [];
      ours.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => seen.push(Number(data.value)));
      const counter = { groupID, key: 'hits', value: 1 };
      const ways: (() => Promise<unknown>)[] = [
        () => ann.call('increaseGroupCounter', counter),
        () => bob.call('increaseGroupCounter', counter),
        () => ours.increaseGroupCounter(counter),
        () => increaseOverREST(groupID),
      ];
      for (let wave = 0; wave < 5; wave += 1)
        await Promise.all(ways.flatMap((increase) => Array.from({ length: 50 }, increase)));
      for (const one of people) {
        await one.hears('GROUP_COUNTER_UPDATED', isCounter('hits', 1_000));
        expect((await one.call('getGroupCounters', { groupID })).data.counters).toEqual({ hits: 1_000 });
      }
      await expect.poll(() => seen.at(-1)).toBe(1_000);
    });

    function increaseOverREST(groupID: string): Promise<unknown> {
      const body = { GroupId: groupID, Mode: 'Increase', GroupCounter: [{ Key: 'hits', Value: 1 }] };
      return restOK(cast.server, 'group_open_http_svc/update_group_counter', body);
    }
  });
}
