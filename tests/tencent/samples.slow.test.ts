/**
 * The samples of both guides, word for word, on the original SDK. What is asserted is what this SDK makes of them:
 * where it does otherwise than its guide says, the comment says so.
 */
import { expect, it } from 'vitest';
import { sampleBlocks } from '../examples/sample-blocks.ts';
import { withCast } from './cast.ts';
import type { Original } from './original.ts';

// Without a tick every change is an event of its own.
const cast = withCast({ tickMs: 0, limits: 'on' });

/** Runs the samples of an example one by one. */
function samplesOf(
  name: string,
  one: Original,
): (at: number) => Promise<Awaited<ReturnType<Original['call']>>> {
  const blocks = sampleBlocks(new URL(`../../examples/${name}/index.js`, import.meta.url));
  return (at) => one.call('runSample', (blocks[at] ?? []).join('\n'));
}

it('[GC6][GC7][GC8][GC11] the samples of group counters', async () => {
  const [host, viewer] = [await cast.another('host'), await cast.another('viewer')];
  const run = samplesOf('group-counters', host);
  const assume = (counters: object) => host.call('setGroupCounters', { groupID: 'group1', counters });
  await host.call('createGroup', { groupID: 'group1', type: 'AVChatRoom', name: 'A live room' });
  for (const one of [host, viewer]) await one.call('joinGroup', { groupID: 'group1' });

  expect((await run(0)).data).toEqual({ counters: { key1: 0, key2: 0 } });
  // The guide promises groupID, key and value here; its SDK gives the counters.
  await assume({ key1: 8 });
  expect((await run(1)).data).toEqual({ counters: { key1: 10 } });
  await assume({ key1: 8 });
  expect((await run(2)).data).toEqual({ counters: { key1: 6 } });
  for (const at of [3, 4]) expect((await run(at)).data).toEqual({ counters: { key1: 6, key2: 0 } });
  await run(5);
  await host.call('increaseGroupCounter', { groupID: 'group1', key: 'key2', value: 1 });

  for (const one of [host, viewer]) {
    await one.hears('GROUP_COUNTER_UPDATED', ({ key, value }) => key === 'key2' && value === 1);
    const seen = one.all('GROUP_COUNTER_UPDATED').map(({ key, value }) => `${key} ${value}`);
    expect(seen).toEqual(['key1 0', 'key2 0', 'key1 8', 'key1 10', 'key1 8', 'key1 6', 'key2 1']);
  }
  const printed = host.all('PRINTED').map(([first]) => first);
  const counters = { key1: 6, key2: 0 };
  expect(printed).toEqual([
    { key1: 0, key2: 0 },
    { counters: { key1: 10 } },
    { counters: { key1: 6 } },
    counters,
    counters,
  ]);
  expect([host.all('WARNED'), host.all('UNHANDLED')]).toEqual([[], []]);
});

it('[CG5][CG9][CG10][CG11][CG12][CG13] the samples of conversation groups', async () => {
  const [user, example] = [await cast.another('user'), await cast.another('example')];
  const run = samplesOf('conversation-groups', user);
  await user.call('createGroup', { groupID: 'test', type: 'Private', name: 'A group' });
  const hello = { to: 'user', conversationType: 'C2C', payload: { text: 'Hello' } };
  await example.call('send', 'createTextMessage', hello);
  await user.hears('CONVERSATION_LIST_UPDATED', (list) => list.length === 2);
  const second = await cast.another('user');
  await second.hears('CONVERSATION_LIST_UPDATED', (list) => list.length === 2);
  const both = { successConversationIDList: ['GROUPtest', 'C2Cexample'], failureConversationIDList: [] };
  const make = (groupName: string) =>
    user.call('createConversationGroup', { groupName, conversationIDList: ['C2Cexample'] });

  expect((await run(0)).data).toEqual(both);
  // Deleting and renaming resolve with nothing at all.
  expect(await run(1)).toBeNull();
  await make('Suppliers_old');
  expect(await run(2)).toBeNull();
  expect((await run(3)).data).toEqual(['Suppliers_new']);
  await make('Suppliers');
  const { conversationList } = (await run(4)).data;
  expect(conversationList.map(({ conversationID }: { conversationID: string }) => conversationID)).toEqual([
    'C2Cexample',
  ]);
  await user.call('deleteConversationsFromGroup', {
    conversationIDList: ['C2Cexample'],
    groupName: 'Suppliers_new',
  });
  expect((await run(5)).data).toEqual(both);
  expect((await run(6)).data).toEqual(both);
  await run(7);
  await make('Customers');
  await user.hears('PRINTED', ([names]) => names.join() === 'Suppliers_new,Suppliers,Customers');
  await run(8);
  await user.call('addConversationsToGroup', { groupName: 'Customers', conversationIDList: ['GROUPtest'] });

  for (const one of [user, second]) {
    await one.hears(
      'CONVERSATION_IN_GROUP_UPDATED',
      (data) => data.groupName === 'Customers' && data.conversationList.length === 2,
    );
    expect((await one.call('getConversationGroupList')).data).toEqual([
      'Suppliers_new',
      'Suppliers',
      'Customers',
    ]);
  }
  expect([user.all('WARNED'), user.all('UNHANDLED')]).toEqual([[], []]);
});
