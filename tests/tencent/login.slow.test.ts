/** The original SDK logs in, is kicked and logs out through the foreign door. */
import { expect, it } from 'vitest';
import { withCast } from './cast.ts';
import { Original } from './original.ts';

const cast = withCast({ config: { devicesPerUser: 2 } });

it('[US4] logs in to SDK_READY with the lists that it asks for', async () => {
  const ann = await cast.original('ann');
  expect(await ann.call('getGroupList')).toMatchObject({ code: 0, data: { groupList: [] } });
  expect(await ann.call('getConversationList')).toMatchObject({ data: { conversationList: [] } });
  expect(await ann.call('getConversationGroupList')).toMatchObject({ data: [] });
  expect(await ann.call('getMyProfile')).toMatchObject({ data: { userID: ann.userID } });
  await ann.hears('SERVER_CONFIG_UPDATED', ({ config }) => config.grp_counter_expire_time === '0');
  expect(ann.all('UNHANDLED')).toEqual([]);
});

it('[OS1] speaks in text where the client wants to', async () => {
  const ann = await cast.original('ann', { devMode: true });
  const made = await ann.call('createGroup', { type: 'Public', name: 'plain', groupID: 'plain' });
  expect(made.code).toBe(0);
  await ann.call('setGroupCounters', { groupID: 'plain', counters: { a: 1 } });
  await ann.hears('GROUP_COUNTER_UPDATED');
});

it('[US2] refuses a userSig for its reason', async () => {
  const ann = await Original.create(cast.userID('ann'), cast.server);
  const codeOf = (userSig: string) =>
    ann.login(userSig).then(
      () => 0,
      ({ code }) => code,
    );
  expect(await codeOf('none')).toBe(70_003);
  expect(await codeOf(cast.server.userSig('somebody'))).toBe(70_013);
  expect(await codeOf(cast.server.userSig(ann.userID, { expireSeconds: -10 }))).toBe(70_001);
  ann.end();
});

it('[US2] dials nothing but loopback', async () => {
  const elsewhere = { ...cast.server, proxyServer: 'ws://192.0.2.1:9' };
  const child = Original.create('ann', elsewhere);
  await expect(child).rejects.toThrow('ended');
});

it('[OS3][US6] one device too many ends the one that came first', async () => {
  const first = await cast.original('ann');
  const second = await cast.another(first.userID);
  const third = await cast.another(first.userID);
  expect(await first.hears('KICKED_OUT')).toMatchObject({ type: 'multipleAccount' });
  await first.hears('SDK_NOT_READY');
  expect(await first.codeOf('getGroupCounters', { groupID: 'any' })).toBe(3_003);
  for (const other of [second, third]) expect(other.all('KICKED_OUT')).toEqual([]);
});

it('[OS3][US6] a device that was kicked can log in again, on the connection it has', async () => {
  const ann = await cast.original('ann');
  await cast.another(ann.userID);
  await cast.another(ann.userID);
  await ann.hears('KICKED_OUT');
  ann.forget();
  await ann.login();
  await ann.hears('SDK_READY');
  const group = await ann.call('createGroup', { type: 'Public', name: 'after' });
  expect(group.code).toBe(0);
});

it('[US11] an administrator ends the logins of a user', async () => {
  const ann = await cast.original('ann');
  const response = await fetch(`${cast.server.url}/v1/commands/kickUser`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${cast.server.userSig('administrator')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ userID: ann.userID }),
  });
  expect(response.status).toBe(200);
  expect(await ann.hears('KICKED_OUT')).toMatchObject({ type: 'REST_API_Kick' });
  expect(await ann.codeOf('getGroupCounters', { groupID: 'any' })).toBe(3_006);
});

it('[US7] logs out, and in as another user', async () => {
  const ann = await cast.original('ann');
  const { SDKAppID } = cast.server;
  await ann.call('createGroup', { type: 'Public', name: 'mine', groupID: `mine${SDKAppID}` });
  expect(await ann.call('logout')).toMatchObject({ code: 0 });
  await ann.hears('SDK_NOT_READY');
  expect(await ann.codeOf('getGroupList')).toBe(3_005);
  ann.forget();
  const bob = cast.userID('bob');
  await ann.call('login', { userID: bob, userSig: cast.server.userSig(bob) });
  await ann.hears('SDK_READY');
  expect(await ann.call('getGroupList')).toMatchObject({ data: { groupList: [] } });
});
