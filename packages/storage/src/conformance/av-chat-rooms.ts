import type { RoomDevice } from '@muster/domain';
import { expect, it } from 'vitest';
import type { Storage } from '../port.ts';
import { increase } from './counter-deciders.ts';
import { createGroup, DAY, endGroup, kick, loginDevice, START } from './fixtures.ts';
import { change } from './groups.ts';
import type { Subject } from './subject.ts';

/** Presence in an AVChatRoom belongs to devices (GR7). */
export function avChatRooms(subject: Subject): void {
  it('[GR7] keeps the devices of a room and finds them by room, by device, and all', async () => {
    const { storage } = await subject.open();
    await room(storage, 'one');
    await room(storage, 'two');
    const [bob, eve] = [await loginDevice(storage, 'bob'), await loginDevice(storage, 'eve')];
    await enter(storage, 'one', { device: bob.device, userID: 'bob', joinTime: 5 });
    await enter(storage, 'two', { device: bob.device, userID: 'bob', joinTime: 6 });
    await enter(storage, 'two', { device: eve.device, userID: 'eve', joinTime: 7 });
    expect(await placesOf(storage, { groupID: 'two' })).toEqual([
      `two ${bob.device} bob 6`,
      `two ${eve.device} eve 7`,
    ]);
    expect(await placesOf(storage, { device: bob.device })).toEqual([
      `one ${bob.device} bob 5`,
      `two ${bob.device} bob 6`,
    ]);
    expect(await placesOf(storage, 'all')).toHaveLength(3);
    const state = await storage.groups.read('two', [], [eve.device]);
    expect([...state.roomDevices]).toEqual([
      [eve.device, { device: eve.device, userID: 'eve', joinTime: 7 }],
    ]);
    await change(storage, 'two', { roomDevices: [[bob.device, null]], revokes: true });
    expect(await placesOf(storage, { device: bob.device })).toEqual([`one ${bob.device} bob 5`]);
  });

  it('[GR7] a user is a member while one of his devices is in the room', async () => {
    const { storage } = await subject.open();
    await room(storage, 'one');
    const [first, second] = [await loginDevice(storage, 'bob'), await loginDevice(storage, 'bob')];
    const role = async () => (await storage.groupCounters.read('one', 'bob', false)).actor.role;
    expect(await role()).toBeUndefined();
    await enter(storage, 'one', { device: first.device, userID: 'bob', joinTime: 1 });
    await enter(storage, 'one', { device: second.device, userID: 'bob', joinTime: 2 });
    expect(await role()).toBe('Member');
    await change(storage, 'one', { roomDevices: [[first.device, null]], revokes: true });
    expect(await role()).toBe('Member');
    await storage.devices.logout(second.device);
    expect(await role()).toBeUndefined();
  });

  it('[GR7] a device that logs out leaves its rooms, and what it had the right to', async () => {
    const { storage } = await subject.open();
    await room(storage, 'one');
    await room(storage, 'two');
    const [bob, eve] = [await loginDevice(storage, 'bob'), await loginDevice(storage, 'bob')];
    for (const groupID of ['one', 'two'])
      await enter(storage, groupID, { device: bob.device, userID: 'bob', joinTime: 1 });
    expect((await storage.devices.logout(bob.device)).sort()).toEqual(['one', 'two']);
    expect(await storage.devices.logout(eve.device)).toEqual([]);
    expect(await placesOf(storage, 'all')).toEqual([]);
    expect(await increase(storage, 'one', 1)).toMatchObject({ ok: true });
  });

  it('[US11] [GR7] a kick and the forgetting of a device end its places too', async () => {
    const { storage } = await subject.open();
    await room(storage, 'one');
    const [bob, eve] = [await loginDevice(storage, 'bob'), await loginDevice(storage, 'eve')];
    await enter(storage, 'one', { device: bob.device, userID: 'bob', joinTime: 1 });
    await enter(storage, 'one', { device: eve.device, userID: 'eve', joinTime: 2 });
    expect((await storage.groupCounters.read('one', 'bob', false)).actor.role).toBe('Member');
    await kick(storage, 'bob', START);
    expect(await placesOf(storage, 'all')).toEqual([`one ${eve.device} eve 2`]);
    expect((await storage.groupCounters.read('one', 'bob', false)).actor.role).toBeUndefined();
    await storage.maintain(START + 8 * DAY);
    expect(await placesOf(storage, 'all')).toEqual([]);
  });

  it('[GR4] an ended room has no devices, and neither has the next of its name', async () => {
    const { storage } = await subject.open();
    await room(storage, 'one');
    const bob = await loginDevice(storage, 'bob');
    await enter(storage, 'one', { device: bob.device, userID: 'bob', joinTime: 1 });
    await endGroup(storage, 'one');
    expect(await placesOf(storage, { groupID: 'one' })).toEqual([]);
    expect(await placesOf(storage, { device: bob.device })).toEqual([]);
    await room(storage, 'one');
    expect(await placesOf(storage, 'all')).toEqual([]);
    expect((await storage.groups.read('one', [], [bob.device])).roomDevices.size).toBe(0);
    expect((await storage.groupCounters.read('one', 'bob', false)).actor.role).toBeUndefined();
  });
}

function room(storage: Storage, groupID: string): Promise<void> {
  return createGroup(storage, groupID, ['owner'], { type: 'AVChatRoom', memberCount: 0 });
}

function enter(storage: Storage, groupID: string, place: RoomDevice): Promise<void> {
  return change(storage, groupID, { roomDevices: [[place.device, place]] });
}

async function placesOf(
  storage: Storage,
  of: Parameters<Storage['groups']['roomDevices']>[0],
): Promise<string[]> {
  const places = await storage.groups.roomDevices(of);
  return places
    .map(({ groupID, room: { device, userID, joinTime } }) => `${groupID} ${device} ${userID} ${joinTime}`)
    .sort();
}
