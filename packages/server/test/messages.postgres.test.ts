/** Where a read takes its time and may be overtaken: messages of one device keep the order in which they were said. */
import { type Muster, startMuster } from '@muster/server/testing';
import type { RawDevice } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../tests/setup/database.ts';
import { post, rawDevice, textTo } from './device-setup.ts';

describe('messages kept in PostgreSQL', () => {
  let database: FreshDatabase;
  let muster: Muster;
  let ann: RawDevice;
  let bob: RawDevice;

  beforeEach(async () => {
    database = await freshDatabase();
    muster = await startMuster({ storage: database.url, tickMs: 0 });
    ann = await rawDevice(muster, 'ann');
    bob = await rawDevice(muster, 'bob');
  });
  afterEach(async () => {
    await muster.close();
    await database.drop();
  });

  const texts = Array.from({ length: 40 }, (_, index) => `${index}`);

  function heard({ events }: RawDevice): unknown[] {
    return events.flatMap((frame) => {
      if (frame.event === 'onlineMessage') return [frame.message.payload.text];
      if (frame.event !== 'log') return [];
      return frame.events.flatMap((event) =>
        event.name === 'messageSent' ? [event.message.payload.text] : [],
      );
    });
  }

  async function say(conversationID: string): Promise<void> {
    const answers = await Promise.all(
      texts.map((text) => ann.write('sendMessage', textTo(conversationID, text))),
    );
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    await bob.until((device) => heard(device).length === texts.length);
    expect(heard(bob)).toEqual(texts);
  }

  it('[MS2] in an AVChatRoom', async () => {
    await ann.write('createGroup', { type: 'AVChatRoom', groupID: 'room', name: 'room' });
    for (const device of [ann, bob]) await device.write('joinGroup', { groupID: 'room' });
    await say('GROUProom');
  });

  it('[MS2] in a group', async () => {
    await ann.write('createGroup', { type: 'Public', groupID: 'g', name: 'g', joinOption: 'FreeAccess' });
    await bob.write('joinGroup', { groupID: 'g' });
    await say('GROUPg');
  });

  it('[MS2] between two users', () => say('C2Cbob'));

  it('[DL10] a number that no database holds is refused, and is no fault', async () => {
    await ann.write('sendMessage', textTo('C2Cbob', 'x'));
    const conversationID = 'C2Cbob';
    for (const number of [1e300, 2 ** 63, 2 ** 53]) {
      for (const [command, input] of [
        ['getMessageList', { before: number }],
        ['revokeMessage', { sequence: number }],
        ['modifyMessage', { sequence: number, payload: { text: 'y' } }],
        ['deleteMessage', { sequenceList: [number] }],
        ['setMessageRead', { through: number }],
      ] as const) {
        const answer = await post(muster, 'ann', command, { conversationID, ...input });
        expect(answer).toMatchObject({ status: 400, body: { code: 6017 } });
      }
    }
    const last = { conversationID, sequence: Number.MAX_SAFE_INTEGER };
    expect(await post(muster, 'ann', 'revokeMessage', last)).toMatchObject({ body: { code: 10030 } });
  });
});
