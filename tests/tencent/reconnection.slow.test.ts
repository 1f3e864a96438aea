/** The original SDK over connections that break and servers that end. */
import { expect, it } from 'vitest';
import { groupIDOf, withCast } from './cast.ts';
import type { Original } from './original.ts';
import { restartStory } from './restart-suite.ts';

const cast = withCast();

/** 1 to n, each once: what increases by 1 answer when none was lost or counted twice. */
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Asks over our HTTP door, as a backend of the user would. */
async function ask(userID: string, command: string, input: object): Promise<void> {
  const response = await fetch(`${cast.server.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${cast.server.userSig(userID)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(input),
  });
  expect(await response.text()).not.toContain('"code"');
}

it('[OS5][DL2][DL3] connections cut between commit and answer count nothing twice and lose nothing', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  const results: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    if (round > 0) cast.server.faults.cutAfterCommit(2);
    const increase = (one: Original) => one.call('increaseGroupCounter', { groupID, key: 'hits', value: 1 });
    const answers = await Promise.all(numbers(10).map((at) => increase(at % 2 === 0 ? ann : bob)));
    results.push(...answers.map(({ data }) => data.counters.hits));
    // A socket that lives under a second is not replaced at once.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  }
  expect(cast.server.faults.cuts).toBeGreaterThan(4);
  expect(results.sort((a, b) => a - b)).toEqual(numbers(60));
  for (const one of [ann, bob])
    expect((await one.call('getGroupCounters', { groupID })).data.counters).toEqual({ hits: 60 });
});

it('[DL7][GR7] after a broken connection the same device goes on, in its AVChatRoom too', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('AVChatRoom');
  await ann.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
  await bob.call('joinGroup', { groupID });
  const devices = () => [...cast.server.server().app.sessions.ofUser(bob.userID)].map(({ device }) => device);
  const before = devices();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  cast.server.faults.cutConnections();
  await bob.hears('NET_STATE_CHANGE', ({ state }) => state === 'connected');
  await bob.until(() => devices().length === 1, 'bob is back');
  expect(devices()).toEqual(before);
  await ann.call('setGroupCounters', { groupID, counters: { likes: 7 } });
  await bob.hears('GROUP_COUNTER_UPDATED', ({ value }) => value === 7);
});

it('[OS6][GC16][CG3] what was deleted while a device was away is told when it is back', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  const conversationIDList = [`GROUP${groupID}`];
  await bob.until(() => bob.all('CONVERSATION_LIST_UPDATED').at(-1)?.length === 1, 'the conversation');
  await bob.call('createConversationGroup', { conversationIDList, groupName: 'gone' });
  await bob.call('createConversationGroup', { conversationIDList, groupName: 'stays' });
  await ann.call('setGroupCounters', { groupID, counters: { gone: 1, stays: 2 } });
  expect((await bob.call('getGroupCounters', { groupID })).data.counters).toEqual({ gone: 1, stays: 2 });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  bob.forget();
  // Only its own connection is cut, and what is deleted is deleted before it is back.
  const [session] = [...cast.server.server().app.sessions.ofUser(bob.userID)];
  session?.outbox.cut();
  await ask(ann.userID, 'deleteGroupCounters', { groupID, keyList: ['gone'] });
  await ask(bob.userID, 'deleteConversationGroup', { groupName: 'gone' });
  await bob.hears('NET_STATE_CHANGE', ({ state }) => state === 'connected');
  await bob.hears('CONVERSATION_GROUP_LIST_UPDATED', (names) => names.length === 1);
  expect((await bob.call('getConversationGroupList')).data).toEqual(['stays']);
  expect((await bob.call('getGroupCounters', { groupID })).data.counters).toEqual({ stays: 2 });
});

it('[OS6][GC14][GR4] what happened to groups and counters while a device was away is told', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const [kept, ended, added] = [groupIDOf('Public'), groupIDOf('Public'), groupIDOf('Public')];
  for (const groupID of [kept, ended, added])
    await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  for (const groupID of [kept, ended]) await bob.call('joinGroup', { groupID });
  await ann.call('setGroupCounters', { groupID: kept, counters: { old: 1, moved: 1 } });
  await bob.hears('GROUP_COUNTER_UPDATED', ({ key }) => key === 'moved');
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  bob.forget();
  const [session] = [...cast.server.server().app.sessions.ofUser(bob.userID)];
  session?.outbox.cut();
  await ask(ann.userID, 'updateGroupCounters', {
    groupID: kept,
    mode: 'Set',
    counters: [{ key: 'moved', value: 2 }],
  });
  await ask(ann.userID, 'dismissGroup', { groupID: ended });
  await ask('administrator', 'addGroupMember', { groupID: added, userIDList: [bob.userID] });
  await bob.hears('NET_STATE_CHANGE', ({ state }) => state === 'connected');
  await bob.hears('GROUP_COUNTER_UPDATED', ({ key, value }) => key === 'moved' && value === 2);
  await bob.until(() => {
    const list: { groupID: string }[] = bob.all('GROUP_LIST_UPDATED').at(-1) ?? [];
    return (
      list
        .map(({ groupID }) => groupID)
        .sort()
        .join() === [kept, added].sort().join()
    );
  }, 'the list as it is now');
  expect(bob.all('GROUP_COUNTER_UPDATED').map(({ key }) => key)).toEqual(['moved']);
});

it('[OS6][GR5] attributes that were deleted while a device was away are gone when it is back', async () => {
  const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
  const groupID = groupIDOf('Public');
  await ann.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
  await bob.call('joinGroup', { groupID });
  await bob.call('getGroupAttributes', { groupID, keyList: [] });
  await ann.call('initGroupAttributes', { groupID, groupAttributes: { gone: '1', stays: '2' } });
  await ann.call('setGroupAttributes', { groupID, groupAttributes: { stays: '3' } });
  await bob.hears('GROUP_ATTRIBUTES_UPDATED', ({ groupAttributes }) => groupAttributes.stays === '3');
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  bob.forget();
  const [session] = [...cast.server.server().app.sessions.ofUser(bob.userID)];
  session?.outbox.cut();
  await ask(ann.userID, 'deleteGroupAttributes', { groupID, keyList: ['gone'] });
  const told = await bob.hears('GROUP_ATTRIBUTES_UPDATED');
  expect(told).toMatchObject({ groupID, groupAttributes: { stays: '3' }, deletedKeyList: ['gone'] });
  await ann.call('setGroupAttributes', { groupID, groupAttributes: { added: '4' } });
  await ann.call('deleteGroupAttributes', { groupID, keyList: ['stays'] });
  await bob.hears('GROUP_ATTRIBUTES_UPDATED', ({ deletedKeyList }) => deletedKeyList.includes('stays'));
  const { data } = await bob.call('getGroupAttributes', { groupID, keyList: [] });
  expect(data.groupAttributes).toEqual({ added: '4' });
});

restartStory({ name: 'Node' });
