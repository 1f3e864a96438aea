/** What may not be: names, numbers and ids of conversation groups, over the SDK's socket and over HTTP alike. */
import { type Muster, startMuster } from '@muster/server/testing';
import { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Answer = { code: number } | Record<string, unknown>;
type Ask = (command: string, input: object) => Promise<Answer>;

let muster: Muster;
let device: RawDevice;

beforeEach(async () => {
  muster = await startMuster();
  device = await RawDevice.connect(muster.proxyServer);
  await device.login({ SDKAppID: muster.SDKAppID, userID: 'ann', userSig: muster.userSig('ann') });
  await device.write('createGroup', { type: 'Work', groupID: 'g', name: 'g' });
});
afterEach(async () => {
  await muster.close();
});

async function post(userID: string, command: string, input: object): Promise<Answer> {
  const response = await fetch(`${muster.url}/v1/commands/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${muster.userSig(userID)}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Answer;
}

async function overSocket(command: string, input: object): Promise<Answer> {
  const name = command as 'getConversationGroups';
  const answer = await (command.startsWith('get') ? device.request(name, input) : device.write(name, input));
  return answer.ok ? (answer.output as Answer) : answer.error;
}

const DOORS: [string, Ask][] = [
  ['the socket', overSocket],
  ['HTTP', (command, input) => post('ann', command, input)],
];

const BAD_NAMES = [
  '',
  'x'.repeat(33),
  `${'x'.repeat(31)}é`,
  'a\tb',
  'a\u0000b',
  'a\u007fb',
  'a\u0085b',
  '\ud800',
];
const GOOD_NAMES = [
  'x'.repeat(32),
  `${'x'.repeat(30)}é`,
  ' ',
  'Work ',
  'work',
  'Ｗork',
  '文件夹一二三四五六七',
];

describe.each(DOORS)('over %s', (_door, ask) => {
  const create = (groupName: string, conversationIDList: string[] = []) =>
    ask('createConversationGroup', { groupName, conversationIDList });
  const names = async () => {
    const { conversationGroupList } = (await ask('getConversationGroups', {})) as {
      conversationGroupList: { groupName: string }[];
    };
    return conversationGroupList.map(({ groupName }) => groupName);
  };
  const failures = (answer: Answer) =>
    (
      answer as { failureConversationIDList: { conversationID: string; code: number }[] }
    ).failureConversationIDList.map(({ conversationID, code }) => [conversationID, code]);

  it.each(BAD_NAMES)('[CG2] refuses the name %j and changes nothing', async (groupName) => {
    expect(await create(groupName)).toMatchObject({ code: 51011 });
    await create('kept');
    expect(await ask('renameConversationGroup', { oldName: 'kept', newName: groupName })).toMatchObject({
      code: 51011,
    });
    expect(await names()).toEqual(['kept']);
  });

  it('[CG2] takes names exactly as they are', async () => {
    for (const name of GOOD_NAMES) expect(await create(name)).not.toHaveProperty('code');
    expect(await names()).toEqual(GOOD_NAMES);
  });

  it('[CG1] [CG3] refuses the 21st and a taken name', async () => {
    for (let at = 1; at <= 20; at += 1) await create(`n${at}`);
    expect(await create('n21')).toMatchObject({ code: 51010 });
    expect(await create('n1')).toMatchObject({ code: 52001 });
    expect(await ask('renameConversationGroup', { oldName: 'n1', newName: 'n2' })).toMatchObject({
      code: 52001,
    });
    expect(await names()).toHaveLength(20);
  });

  it('[CG4] finds no conversation group of another name, however long', async () => {
    const conversationIDList = ['GROUPg'];
    for (const groupName of ['absent', 'x'.repeat(40)]) {
      const edits: [string, object][] = [
        ['deleteConversationGroup', { groupName }],
        ['renameConversationGroup', { oldName: groupName, newName: 'new' }],
        ['addConversationsToGroup', { groupName, conversationIDList }],
        ['deleteConversationsFromGroup', { groupName, conversationIDList }],
      ];
      for (const [command, input] of edits) expect(await ask(command, input)).toMatchObject({ code: 51009 });
    }
  });

  it('[CG7] refuses none and 101 different conversations', async () => {
    const many = Array.from({ length: 101 }, (_, at) => `C2Cu${at}`);
    expect(await create('a', many)).toMatchObject({ code: 51006 });
    await create('a');
    for (const command of ['addConversationsToGroup', 'deleteConversationsFromGroup']) {
      expect(await ask(command, { groupName: 'a', conversationIDList: many })).toMatchObject({ code: 51006 });
      expect(await ask(command, { groupName: 'a', conversationIDList: [] })).toMatchObject({ code: 51006 });
    }
    expect(failures(await create('b', [...many.slice(1), ...many.slice(1)]))).toHaveLength(100);
  });

  it('[CG6] says of each conversation what is wrong with it, in the order of the request', async () => {
    await post('bob', 'createGroup', { type: 'Public', groupID: 'foreign', name: 'foreign' });
    await post('ann', 'createGroup', { type: 'AVChatRoom', groupID: 'room', name: 'room' });
    const asked = [
      'junk',
      '@TIM#SYSTEM',
      'C2C',
      'GROUPforeign',
      'GROUPabsent',
      'GROUProom',
      'C2Cbob',
      'GROUPg',
    ];
    const answer = await create('a', asked);
    expect(failures(answer)).toEqual([
      ['junk', 2503],
      ['@TIM#SYSTEM', 2503],
      ['C2C', 2503],
      ['GROUPforeign', 51007],
      ['GROUPabsent', 51007],
      ['GROUProom', 51007],
      ['C2Cbob', 2500],
    ]);
    expect(answer).toMatchObject({ successConversationIDList: ['GROUPg'] });
  });

  it('[SE3] nobody reaches the conversation groups of another user', async () => {
    await create('mine', ['GROUPg']);
    expect(await post('bob', 'getConversationGroups', {})).toEqual({ conversationGroupList: [] });
    expect(await post('bob', 'getConversationList', {})).toEqual({ conversationList: [] });
    expect(await post('bob', 'deleteConversationGroup', { groupName: 'mine' })).toMatchObject({
      code: 51009,
    });
    expect(
      await post('bob', 'deleteConversationGroup', { groupName: 'mine', conversationGroupID: 1 }),
    ).toMatchObject({ code: 51009 });
    expect(await post('bob', 'getConversationGroups', { userID: 'ann' })).toMatchObject({ code: 6017 });
    expect(await names()).toEqual(['mine']);
  });
});

it('[CG7] the 1,001st conversation fails, whichever conversation group it is put into', async () => {
  const ids = Array.from({ length: 1_001 }, (_, at) => `GROUPh${at}`);
  await Promise.all(
    ids.map((id) =>
      post('ann', 'createGroup', { type: 'Work', groupID: id.slice('GROUP'.length), name: id }),
    ),
  );
  for (let at = 0; at < 10; at += 1) {
    const conversationIDList = ids.slice(at * 100, at * 100 + 100);
    await post('ann', 'createConversationGroup', { groupName: `n${at}`, conversationIDList });
  }
  const [, , kept = '', extra = ''] = [0, 0, ids[0], ids[1_000]];
  const answer = await post('ann', 'createConversationGroup', {
    groupName: 'last',
    conversationIDList: [extra, kept],
  });
  expect(answer).toMatchObject({
    successConversationIDList: [kept],
    failureConversationIDList: [{ conversationID: extra, code: 51008 }],
  });
});
