/** What happens while a device logs in is neither lost nor told twice (DL4). */
import { groupScope, LIMITS, type LoginOutput, userScope } from '@muster/protocol';
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('a change while a device logs in', () => {
  let muster: Muster;
  let owner: RawDevice;

  beforeEach(async () => {
    muster = await startMuster({ tickMs: 0 });
    owner = await rawDevice(muster, 'owner');
    await rawDevice(muster, 'ann');
    await owner.write('createGroup', {
      type: 'Public',
      groupID: 'g',
      name: 'g',
      joinOption: 'FreeAccess',
      memberList: [{ userID: 'ann' }],
    });
  });
  afterEach(() => muster.close());

  /** Logs ann in, with something that happens after her state was read for the last time. */
  async function logInDuring(
    change: () => Promise<unknown>,
    check: (snapshot: LoginOutput['snapshot']) => void = () => undefined,
  ): Promise<RawDevice> {
    const { conversations } = muster.server().app.storage;
    const { mirror } = conversations;
    let reads = 0;
    conversations.mirror = async (userID) => {
      const read = await mirror(userID);
      reads += 1;
      if (reads === 1) await change();
      return read;
    };
    const ann = await RawDevice.connect(muster.proxyServer);
    const { snapshot } = await ann.login({
      SDKAppID: muster.SDKAppID,
      userID: 'ann',
      userSig: muster.userSig('ann'),
    });
    conversations.mirror = mirror;
    expect(reads).toBe(1);
    expect(snapshot?.groups.map(({ profile }) => profile.groupID)).toEqual(['g']);
    check(snapshot);
    return ann;
  }

  const names = (device: RawDevice): string[] =>
    device.events.flatMap((frame) => (frame.event === 'log' ? frame.events.map(({ name }) => name) : []));

  it('[DL4] a dismissal is told after the answer', async () => {
    const ann = await logInDuring(() => owner.write('dismissGroup', { groupID: 'g' }));
    await ann.until((device) => names(device).includes('groupDismissed'));
    await owner.write('createGroup', { type: 'Public', groupID: 'g', name: 'of others' });
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'secret', value: 1 }] });
    await owner.write('updateGroupProfile', { groupID: 'g', name: 'none of her business' });
    await muster.idle();
    expect(names(ann)).toEqual(['groupDismissed']);
    expect(ann.events.some(({ event }) => event === 'groupCounters')).toBe(false);
  });

  it('[DL4] being removed is told, and ends what she is told of the group', async () => {
    const ann = await logInDuring(async () => {
      await owner.write('deleteGroupMember', { groupID: 'g', userIDList: ['ann'] });
      await owner.write('sendMessage', textTo('GROUPg', 'among us'));
    });
    await ann.until((device) => names(device).includes('groupLeft'));
    expect(names(ann)).toEqual(['groupLeft']);
    const before = ann.events.length;
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'secret', value: 1 }] });
    await muster.idle();
    expect(ann.events.length).toBe(before);
  });

  it('[GR1] one who was removed and is back is told what is said from there on', async () => {
    const ann = await logInDuring(async () => {
      await owner.write('deleteGroupMember', { groupID: 'g', userIDList: ['ann'] });
      await owner.write('sendMessage', textTo('GROUPg', 'among us'));
      await post(muster, 'ann', 'joinGroup', { groupID: 'g' });
      await owner.write('sendMessage', textTo('GROUPg', 'to all'));
    });
    await ann.until((device) => names(device).includes('messageSent'));
    expect(names(ann)).toEqual(['groupLeft', 'groupJoined', 'messageSent']);
    expect(JSON.stringify(ann.events)).not.toContain('among us');
  });

  it('[DL4] being added to a group is told, with all that happens there', async () => {
    const ann = await logInDuring(async () => {
      const memberList = [{ userID: 'ann' }];
      await owner.write('createGroup', { type: 'Public', groupID: 'new', name: 'new', memberList });
      await owner.write('updateGroupCounters', { groupID: 'new', counters: [{ key: 'a', value: 1 }] });
    });
    await ann.until((device) => device.events.some(({ event }) => event === 'groupCounters'));
    expect(names(ann)).toEqual(['groupJoined']);
    await owner.write('updateGroupProfile', { groupID: 'new', name: 'newer' });
    await ann.until((device) => names(device).includes('groupProfileUpdated'));
  });

  it('[DL4] a change of the group and of its counters is told after the answer', async () => {
    const ann = await logInDuring(async () => {
      await owner.write('updateGroupProfile', { groupID: 'g', name: 'newer' });
      await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 1 }] });
    });
    await ann.until((device) => device.events.some(({ event }) => event === 'groupCounters'));
    expect(names(ann)).toEqual(['groupProfileUpdated']);
  });

  it('[DL4] messages are told after the answer, and the state that it carries is from before them', async () => {
    await owner.write('sendMessage', textTo('GROUPg', 'before'));
    const during = async () => {
      await owner.write('sendMessage', textTo('GROUPg', 'during'));
      await owner.write('sendMessage', textTo('C2Cann', 'during, too'));
    };
    const ann = await logInDuring(during, (snapshot) =>
      expect(snapshot?.conversations).toMatchObject([
        { tally: { sequence: 1 }, lastMessage: { payload: { text: 'before' } } },
      ]),
    );
    await ann.until((device) => names(device).length === 2);
    expect(names(ann)).toEqual(['messageSent', 'messageSent']);
  });

  it('[DL4] a device that comes back to its log is told what happens meanwhile once', async () => {
    const first = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const { device, epoch, seq, snapshot } = await first.login(who);
    first.terminate();
    await first.closed;
    const { groups } = muster.server().app.storage;
    const { joined } = groups;
    groups.joined = async (userID) => {
      const read = await joined(userID);
      groups.joined = joined;
      await owner.write('sendMessage', textTo('GROUPg', 'one'));
      await owner.write('sendMessage', textTo('C2Cann', 'two'));
      return read;
    };
    const back = await RawDevice.connect(muster.proxyServer);
    const positions = [
      { scope: userScope('ann'), position: { epoch, seq } },
      { scope: groupScope('g'), position: { epoch, seq: snapshot?.groups[0]?.seq ?? 0 } },
    ];
    expect((await back.login(who, { device, positions })).snapshot).toBeNull();
    await owner.write('sendMessage', textTo('GROUPg', 'three'));
    await back.until((known) => told(known, 'group:g').length === 2);
    expect(told(back, 'group:g')).toEqual(['one', 'three']);
    expect(told(back, 'user:ann')).toEqual(['two']);
  });

  /** The texts of the messages that a device was told of in a scope. */
  function told(device: RawDevice, scope: string): unknown[] {
    return device.events.flatMap((frame) => {
      if (frame.event !== 'log' || frame.scope !== scope) return [];
      return frame.events.flatMap((event) =>
        event.name === 'messageSent' ? [event.message.payload.text] : [],
      );
    });
  }

  it('[GR4] the end of a group looks at nobody who is not in it, and may be followed by another', async () => {
    const { sessions } = muster.server().app;
    const ann = await rawDevice(muster, 'ann');
    const { all } = sessions;
    let looked = 0;
    sessions.all = () => {
      looked += 1;
      return all.call(sessions);
    };
    await owner.write('dismissGroup', { groupID: 'g' });
    sessions.all = all;
    expect(looked).toBe(0);
    const memberList = [{ userID: 'ann' }];
    await owner.write('createGroup', { type: 'Public', groupID: 'g', name: 'anew', memberList });
    await owner.write('updateGroupCounters', { groupID: 'g', counters: [{ key: 'a', value: 1 }] });
    await ann.until((device) => device.events.some(({ event }) => event === 'groupCounters'));
    expect(names(ann)).toEqual(['groupDismissed', 'groupJoined']);
  });

  it('[SE1] a login whose connection has gone while it stood in line is no work for anybody', async () => {
    const { admission, storage } = muster.server().app;
    for (let taken = 0; taken < LIMITS.loginsInProgress_max.value; taken += 1) await admission.enter();
    const ann = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    void ann.request('login', { protocol: 1, ...who });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { login } = storage.devices;
    let logins = 0;
    storage.devices.login = (request) => {
      logins += 1;
      return login.call(storage.devices, request);
    };
    ann.terminate();
    await ann.closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let taken = 0; taken < LIMITS.loginsInProgress_max.value; taken += 1) admission.leave();
    await muster.idle();
    storage.devices.login = login;
    expect(logins).toBe(0);
    expect((await rawDevice(muster, 'ann')).events).toEqual([]);
  });

  it("[US11] an administrator's kick ends a login that is under way", async () => {
    const { conversations } = muster.server().app.storage;
    const { mirror } = conversations;
    let kicked = false;
    conversations.mirror = async (userID) => {
      if (!kicked) {
        kicked = true;
        await post(muster, 'administrator', 'kickUser', { userID: 'ann' });
      }
      return mirror(userID);
    };
    const ann = await RawDevice.connect(muster.proxyServer);
    const who = { SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') };
    const answer = await ann.request('login', { protocol: 1, ...who });
    conversations.mirror = mirror;
    expect(answer).toMatchObject({ ok: false, error: { code: 70052 } });
  });
});
