/** Group attributes through the SDK, the server and its database (GR5). */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import MusterChat, { type ChatSDK } from '../src/index.ts';

const { EVENT, TYPES } = MusterChat;

let muster: Muster;
beforeAll(async () => {
  muster = await startMuster();
});
afterAll(() => muster.close());

/** What an app knows that has listened to every event since it fetched the attributes. */
async function listener(device: ChatSDK, groupID: string): Promise<() => unknown> {
  let known: unknown;
  device.on(EVENT.GROUP_ATTRIBUTES_UPDATED, ({ data }) => {
    if (data.groupID === groupID) known = data.groupAttributes;
  });
  const { data } = await device.getGroupAttributes({ groupID });
  known ??= data.groupAttributes;
  return () => known;
}

const truth = async (groupID: string) => {
  const administrator = await muster.login('administrator');
  const { data } = await administrator.getGroupAttributes({ groupID });
  await administrator.destroy();
  return data.groupAttributes;
};

it('[GR5] every member on every device hears of every write, the caller before his answer', async () => {
  const groupID = 'attributes';
  const ann = await muster.login('ann');
  const devices = [ann, await muster.login('ann'), await muster.login('ben')];
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await devices[2]?.joinGroup({ groupID });
  const known = await Promise.all(devices.map((device) => listener(device, groupID)));
  await ann.initGroupAttributes({ groupID, groupAttributes: { stage: 'open', ['__proto__']: 'p' } });
  expect(known[0]?.()).toEqual({ stage: 'open', ['__proto__']: 'p' });
  await devices[2]?.setGroupAttributes({ groupID, groupAttributes: { stage: 'closed', extra: '' } });
  expect((await ann.deleteGroupAttributes({ groupID, keyList: ['extra', 'none'] })).data).toEqual({
    keyList: ['extra'],
  });
  const now = { stage: 'closed', ['__proto__']: 'p' };
  await expect.poll(() => known.map((of) => of())).toEqual([now, now, now]);
  expect(await truth(groupID)).toEqual(now);
  const stranger = await muster.login('eve');
  await expect(stranger.getGroupAttributes({ groupID })).rejects.toMatchObject({ code: 10007 });
  await expect(
    ann.setGroupAttributes({ groupID, groupAttributes: { ['k'.repeat(33)]: '' } }),
  ).rejects.toMatchObject({ code: 10004 });
  await ann.dismissGroup(groupID);
  await expect(ann.getGroupAttributes({ groupID })).rejects.toMatchObject({ code: 10010 });
});

it('[DL3][DL5][GR5] connections are cut between commit and answer, and all agree', async () => {
  const groupID = 'attributes-cut';
  const [ann, ben] = [await muster.login('ann'), await muster.login('ben')];
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  await ben.joinGroup({ groupID });
  const known = await listener(ben, groupID);
  const write = (round: number) =>
    ann.setGroupAttributes({ groupID, groupAttributes: { [`k${round % 16}`]: `${round}` } });
  for (let round = 0; round < 30; round += 1) {
    if (round % 7 === 3) muster.faults.cutAfterCommit(1);
    if (round % 7 === 5) muster.faults.cutConnections();
    await write(round);
  }
  await expect.poll(known).toEqual(await truth(groupID));
  await expect
    .poll(async () => (await ben.getGroupAttributes({ groupID })).data.groupAttributes)
    .toEqual(await truth(groupID));
});

it('[GR5][GR7] the owner of an AVChatRoom uses them without being there, the others by joining', async () => {
  const groupID = 'attributes-room';
  const [owner, guest] = [await muster.login('owner'), await muster.login('guest')];
  await owner.createGroup({ name: 'Room', groupID, type: TYPES.GRP_AVCHATROOM });
  await owner.setGroupAttributes({ groupID, groupAttributes: { seat: 'free' } });
  await expect(guest.getGroupAttributes({ groupID })).rejects.toMatchObject({ code: 10007 });
  await guest.joinGroup({ groupID });
  const known = await listener(guest, groupID);
  expect(known()).toEqual({ seat: 'free' });
  await guest.setGroupAttributes({ groupID, groupAttributes: { seat: 'guest' } });
  expect(known()).toEqual({ seat: 'guest' });
  expect((await owner.getGroupAttributes({ groupID })).data.groupAttributes).toEqual({ seat: 'guest' });
});

it('[GR5][WP13] over HTTP, exactly once by its key', async () => {
  const groupID = 'attributes-http';
  const ann = await muster.login('ann');
  await ann.createGroup({ name: 'Room', groupID, type: TYPES.GRP_MEETING });
  const known = await listener(ann, groupID);
  const call = async (command: string, input: object, key?: string) => {
    const headers = {
      Authorization: `Bearer ${muster.userSig('ann')}`,
      'Content-Type': 'application/json',
      ...(key && { 'Idempotency-Key': key }),
    };
    const url = `${muster.url}/v1/commands/${command}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })).json();
  };
  const groupAttributes = [{ key: 'a', value: '1' }];
  expect(await call('setGroupAttributes', { groupID, groupAttributes }, 'once')).toEqual({ groupID });
  await ann.setGroupAttributes({ groupID, groupAttributes: { a: '2' } });
  expect(await call('setGroupAttributes', { groupID, groupAttributes }, 'once')).toEqual({ groupID });
  expect(await call('getGroupAttributes', { groupID })).toMatchObject({
    groupAttributes: [{ key: 'a', value: '2' }],
  });
  expect(known()).toEqual({ a: '2' });
});
