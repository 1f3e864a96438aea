import { groupScope, type LoginOutput, limit, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('catching up', () => {
  let muster: Muster;
  let owner: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    owner = await rawDevice(muster, 'owner');
    await owner.write('createGroup', { type: 'Meeting', groupID: 'g', name: 'before' });
  });
  afterEach(() => muster.close());

  const who = () => ({ SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') });

  /** A device of ann that is in the group and has gone away; what it knew of the world. */
  async function away(): Promise<LoginOutput> {
    const ann = await RawDevice.connect(muster.proxyServer);
    await ann.login(who());
    await ann.write('joinGroup', { groupID: 'g' });
    ann.close();
    await ann.closed;
    const again = await RawDevice.connect(muster.proxyServer);
    const output = await again.login(who());
    again.close();
    await again.closed;
    return output;
  }

  async function back(
    known: LoginOutput,
    change: { epoch?: string; user?: number; group?: number; counters?: number } = {},
  ) {
    const { epoch, snapshot, seq, device } = known;
    const group = snapshot?.groups[0];
    const position = (number: number) => ({ epoch: change.epoch ?? epoch, seq: number });
    const ann = await RawDevice.connect(muster.proxyServer);
    const output = await ann.login(who(), {
      device,
      positions: [
        { scope: userScope('ann'), position: position(change.user ?? seq) },
        { scope: groupScope('g'), position: position(change.group ?? group?.seq ?? 0) },
      ],
      counters: [{ groupID: 'g', version: change.counters ?? group?.countersVersion ?? 0 }],
    });
    return { ann, output };
  }

  it('[DL4] a device that is current is told nothing', async () => {
    const { ann, output } = await back(await away());
    expect(output.snapshot).toBeNull();
    expect(ann.events).toEqual([]);
  });

  it('[DL4] what was missed comes from the log, in order, before the answer', async () => {
    const known = await away();
    await owner.write('updateGroupProfile', { groupID: 'g', name: 'one' });
    await owner.write('updateGroupProfile', { groupID: 'g', name: 'two' });
    await post(muster, 'ann', 'updateMyProfile', { nick: 'Ann' });
    const { ann, output } = await back(known);
    expect(output.snapshot).toBeNull();
    expect(ann.events).toMatchObject([
      { event: 'log', scope: 'user:ann', seq: known.seq + 1, events: [{ name: 'profileUpdated' }] },
      {
        event: 'log',
        scope: 'group:g',
        events: [{ profile: { name: 'one' } }, { profile: { name: 'two' } }],
      },
    ]);
  });

  it('[DL4] a position of another history, or ahead of the server, is healed by a snapshot', async () => {
    const known = await away();
    for (const change of [{ epoch: 'another' }, { user: known.seq + 100 }]) {
      const { output } = await back(known, change);
      expect(output.snapshot?.groups.map(({ profile }) => profile.name)).toEqual(['before']);
    }
    const { ann, output } = await back(known, { group: 100 });
    expect(output.snapshot).toBeNull();
    expect(ann.events).toMatchObject([
      { event: 'groupSnapshot', groupID: 'g', group: { profile: { name: 'before' } } },
    ]);
  });

  it('[DL4] more than the log tells is healed by a snapshot, never an error', async () => {
    const known = await away();
    for (let change = 0; change < 300; change += 1) {
      await owner.write('updateGroupProfile', { groupID: 'g', name: `name ${change}` });
    }
    const { ann } = await back(known);
    expect(ann.events).toMatchObject([{ event: 'groupSnapshot', group: { profile: { name: 'name 299' } } }]);
  });

  it('[GC14] counters that changed while away come as the whole set, with what was deleted', async () => {
    const known = await away();
    await owner.write('updateGroupCounters', {
      groupID: 'g',
      counters: [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ],
    });
    await owner.write('deleteGroupCounters', { groupID: 'g', keyList: ['a'] });
    const { ann } = await back(known);
    expect(ann.events).toEqual([
      {
        event: 'groupCounters',
        groupID: 'g',
        since: 0,
        version: 2,
        whole: true,
        counters: [{ key: 'b', value: 2, version: 1 }],
        deleted: [{ key: 'a', version: 2 }],
      },
    ]);
    await owner.write('updateGroupCounters', {
      groupID: 'g',
      mode: 'Increase',
      counters: [{ key: 'b', value: 1 }],
    });
    await ann.until(({ events }) => events.length > 1);
    expect(ann.events[1]).toMatchObject({ since: 2, version: 3, counters: [{ key: 'b', value: 3 }] });
  });

  it('[GR4] a group that was dismissed meanwhile is gone', async () => {
    const known = await away();
    await owner.write('dismissGroup', { groupID: 'g' });
    const { ann } = await back(known);
    expect(ann.events).toMatchObject([{ event: 'groupSnapshot', groupID: 'g', group: null }]);
  });

  it('[GC14] a device that slept through the end of a group and its new beginning forgets its counters', async () => {
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 1 }] });
    const known = await away();
    await owner.write('dismissGroup', { groupID: 'g' });
    await owner.write('createGroup', { type: 'Meeting', groupID: 'g', name: 'again' });
    await post(muster, 'ann', 'joinGroup', { groupID: 'g' });
    const { ann } = await back(known);
    expect(ann.events.at(-1)).toMatchObject({
      event: 'groupCounters',
      whole: true,
      version: 2,
      counters: [],
    });
  });

  it('[GC12] a groupID that is taken again goes on with its versions, and old members are none', async () => {
    await away();
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 1 }] });
    await owner.write('dismissGroup', { groupID: 'g' });
    await owner.write('createGroup', { type: 'Public', groupID: 'g', name: 'again' });
    const first = await owner.write('updateGroupCounters', {
      groupID: 'g',
      counters: [{ key: 'a', value: 5 }],
    });
    expect(first).toMatchObject({ ok: true, output: { version: 3 } });
    const ann = await rawDevice(muster, 'ann');
    const refused = await ann.request('getGroupCounters', { groupID: 'g' });
    expect(refused).toMatchObject({ ok: false, error: { code: 10007 } });
  });

  it('[DL9] the events of a write arrive before its answer', async () => {
    const ann = await rawDevice(muster, 'ann');
    const joined = await ann.write('joinGroup', { groupID: 'g' });
    expect(joined.ok).toBe(true);
    expect(ann.events).toMatchObject([{ scope: 'user:ann', events: [{ name: 'groupJoined' }] }]);
    await ann.write('quitGroup', { groupID: 'g' });
    expect(ann.events.at(-1)).toMatchObject({
      scope: 'user:ann',
      events: [{ name: 'groupLeft', reason: 'quit' }],
    });
  });

  it('[GC11] a member is told of a change of counters from the moment he joins', async () => {
    const ann = await rawDevice(muster, 'ann');
    await ann.write('joinGroup', { groupID: 'g' });
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 1 }] });
    await ann.until(({ events }) => events.some(({ event }) => event === 'groupCounters'));
    await owner.write('deleteGroupMember', { groupID: 'g', userIDList: ['ann'] });
    await ann.until(({ events }) =>
      events.some((event) => event.event === 'log' && event.events[0]?.name === 'groupLeft'),
    );
    const before = ann.events.length;
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 2 }] });
    await muster.idle();
    expect(ann.events.length).toBe(before);
  });

  it('[DL4] messages that were missed come from the log, while they are few', async () => {
    const known = await away();
    await owner.write('sendMessage', textTo('GROUPg', 'one'));
    await owner.write('sendMessage', textTo('C2Cann', 'two'));
    const { ann, output } = await back(known);
    expect(output.snapshot).toBeNull();
    expect(ann.events).toMatchObject([
      { scope: 'user:ann', events: [{ name: 'messageSent', conversation: { tally: { sequence: 1 } } }] },
      { scope: 'group:g', events: [{ name: 'messageSent', message: { payload: { text: 'one' } } }] },
    ]);
  });

  it('[DL4] more than 64 KiB of a group come as the group with its conversation, as of one moment', async () => {
    const known = await away();
    const text = 'x'.repeat(10_000);
    for (let sent = 0; sent < 7; sent += 1) await owner.write('sendMessage', textTo('GROUPg', text));
    await owner.write('sendMessage', { ...textTo('GROUPg', 'last'), atUserList: ['ann'] });
    const { ann, output } = await back(known);
    expect(output.snapshot).toBeNull();
    expect(ann.events).toHaveLength(1);
    const [frame] = ann.events;
    expect(frame).toMatchObject({
      event: 'groupSnapshot',
      groupID: 'g',
      group: { profile: { nextMessageSeq: 9 } },
      conversation: {
        state: { conversationID: 'GROUPg' },
        tally: { sequence: 8, counted: 8, own: 0 },
        lastMessage: { payload: { text: 'last' } },
        mentions: [{ sequence: 8, from: 'owner', isAll: false }],
      },
    });
    const { body } = await post(muster, 'ann', 'getConversationList', {});
    expect(body.conversationList).toEqual([frame?.event === 'groupSnapshot' ? frame.conversation : null]);
    await owner.write('sendMessage', textTo('GROUPg', 'next'));
    await ann.until(({ events }) => events.length === 2);
    const seq = frame?.event === 'groupSnapshot' ? (frame.group?.seq ?? 0) : 0;
    expect(ann.events[1]).toMatchObject({ event: 'log', scope: 'group:g', seq: seq + 1 });
  });

  it("[DL4] more than 128 KiB of the user's own log are healed by a snapshot", async () => {
    const known = await away();
    const text = 'x'.repeat(10_000);
    for (let sent = 0; sent < 10; sent += 1) await owner.write('sendMessage', textTo('C2Cann', text));
    expect((await back(known)).output.snapshot).toBeNull();
    for (let sent = 0; sent < 4; sent += 1) await owner.write('sendMessage', textTo('C2Cann', text));
    const { ann, output } = await back(known);
    expect(ann.events).toEqual([]);
    expect(output.snapshot?.conversations).toMatchObject([
      { tally: { sequence: 14 } },
      { tally: { sequence: 0 } },
    ]);
  });

  it('[DL4] a reconnect whose log tells everything reads no list of conversations', async () => {
    const known = await away();
    await owner.write('sendMessage', textTo('C2Cann', 'one'));
    const { conversations } = muster.server().app.storage;
    const { mirror } = conversations;
    let reads = 0;
    conversations.mirror = (userID) => {
      reads += 1;
      return mirror(userID);
    };
    await back(known);
    expect(reads).toBe(0);
    await back(known, { epoch: 'another' });
    expect(reads).toBeGreaterThan(0);
  });

  it('[DL4] each of many groups is told by its own log, or replaced by itself', async () => {
    const groupIDs = Array.from({ length: 40 }, (_, index) => `g${index}`);
    const memberList = [{ userID: 'ann' }];
    await RawDevice.connect(muster.proxyServer).then((device) => device.login(who()));
    for (const groupID of groupIDs)
      await owner.write('createGroup', { type: 'Public', groupID, name: groupID, memberList });
    const first = await RawDevice.connect(muster.proxyServer);
    const { device, epoch, seq, snapshot } = await first.login(who());
    first.close();
    const large = 'x'.repeat(12_000);
    for (const [index, groupID] of groupIDs.entries()) {
      const texts = index % 3 === 0 ? Array(6).fill(large) : [groupID];
      for (const text of texts) await owner.write('sendMessage', textTo(`GROUP${groupID}`, text));
    }
    const ann = await RawDevice.connect(muster.proxyServer);
    const positions = (snapshot?.groups ?? []).map(({ profile: { groupID }, ...view }) => {
      return { scope: groupScope(groupID), position: { epoch, seq: view.seq } };
    });
    positions.push({ scope: userScope('ann'), position: { epoch, seq } });
    expect((await ann.login(who(), { device, positions })).snapshot).toBeNull();
    const told = ann.events.map((frame) => {
      if (frame.event === 'groupSnapshot')
        return `whole ${frame.groupID} ${frame.conversation?.tally.sequence}`;
      const [event] = frame.event === 'log' ? frame.events : [];
      return event?.name === 'messageSent'
        ? `log ${event.message.to} ${event.message.payload.text}`
        : frame.event;
    });
    const expected = groupIDs.map((groupID, index) =>
      index % 3 === 0 ? `whole ${groupID} 6` : `log ${groupID} ${groupID}`,
    );
    expect([...told].sort()).toEqual([...expected].sort());
  });

  it('[SE1] the logs of all groups together are bounded: what is beyond comes as it is', async () => {
    const groupIDs = Array.from({ length: 24 }, (_, index) => `g${index}`);
    await RawDevice.connect(muster.proxyServer).then((device) => device.login(who()));
    for (const groupID of groupIDs)
      await owner.write('createGroup', {
        type: 'Public',
        groupID,
        name: groupID,
        memberList: [{ userID: 'ann' }],
      });
    const first = await RawDevice.connect(muster.proxyServer);
    const { device, epoch, seq, snapshot } = await first.login(who());
    first.close();
    for (const groupID of groupIDs) {
      for (let sent = 0; sent < 5; sent += 1)
        await owner.write('sendMessage', textTo(`GROUP${groupID}`, 'x'.repeat(12_000)));
    }
    const ann = await RawDevice.connect(muster.proxyServer);
    const positions = (snapshot?.groups ?? []).map((view) => {
      return { scope: groupScope(view.profile.groupID), position: { epoch, seq: view.seq } };
    });
    positions.push({ scope: userScope('ann'), position: { epoch, seq } });
    await ann.login(who(), { device, positions });
    const bytes = ann.events
      .filter(({ event }) => event === 'log')
      .map((frame) => JSON.stringify(frame).length);
    expect(bytes.length).toBeGreaterThan(10);
    expect(bytes.reduce((sum, own) => sum + own, 0)).toBeLessThan(
      1.1 * limit('catchUpLog_allGroups_bytes_max'),
    );
    const whole = ann.events.filter(({ event }) => event === 'groupSnapshot');
    expect(whole.length + bytes.length).toBe(groupIDs.length);
    for (const frame of whole) expect(frame).toMatchObject({ conversation: { tally: { sequence: 5 } } });
  });
});
