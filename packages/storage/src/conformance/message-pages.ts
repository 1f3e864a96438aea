import { groupChat, pairChat } from '@muster/domain';
import { expect, it } from 'vitest';
import { createGroup } from './fixtures.ts';
import { deleteMessages, page, sayAll, sendToUser } from './message-deciders.ts';
import type { Subject } from './subject.ts';

/** Pages of history, the newest first. */
export function messagePages(subject: Subject): void {
  it('[MS1] gives a chat page by page, the newest first', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    const texts = Array.from({ length: 12 }, (_, at) => ({ from: 'owner', payload: { text: `${at + 1}` } }));
    await sayAll(storage, 'g', texts);
    const chat = groupChat('g');
    expect(await page(storage, chat, { count: 5 })).toEqual([12, 11, 10, 9, 8]);
    expect(await page(storage, chat, { before: 8, count: 5 })).toEqual([7, 6, 5, 4, 3]);
    expect(await page(storage, chat, { before: 3, count: 5 })).toEqual([2, 1]);
    expect(await page(storage, chat, { before: 1, count: 5 })).toEqual([]);
    expect(await page(storage, chat, { before: 99, count: 1 })).toEqual([12]);
    const [message] = await storage.conversations.messages({
      chat,
      userID: 'owner',
      after: 9,
      before: 11,
      count: 9,
    });
    expect(message?.payload).toEqual({ text: '10' });
  });

  it('[MS5] ends where the visible history begins', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g');
    await sayAll(
      storage,
      'g',
      Array.from({ length: 6 }, () => ({ from: 'owner' })),
    );
    const chat = groupChat('g');
    expect(await page(storage, chat, { after: 4 })).toEqual([6, 5]);
    expect(await page(storage, chat, { after: 2, before: 5, count: 1 })).toEqual([4]);
    expect(await page(storage, chat, { after: 2, before: 3 })).toEqual([]);
    expect(await page(storage, chat, { after: 6 })).toEqual([]);
  });

  it('[MS5] leaves out what the user has deleted, fills the page, and shows it to the others', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['alice', 'bob']);
    for (let at = 0; at < 6; at += 1) {
      await sayAll(storage, 'g', [{ from: 'alice' }]);
      await sendToUser(storage, { from: 'alice', to: 'bob' });
    }
    for (const chat of [groupChat('g'), pairChat('alice', 'bob')]) {
      await deleteMessages(storage, 'alice', { chat, sequenceList: [6, 3, 99] });
      await deleteMessages(storage, 'alice', { chat, sequenceList: [3, 4] });
      expect(await page(storage, chat, { count: 3 })).toEqual([5, 2, 1]);
      expect(await page(storage, chat, { userID: 'bob', count: 3 })).toEqual([6, 5, 4]);
    }
  });

  it('[SE3] a chat shows its own messages, and one that is unknown none', async () => {
    const { storage } = await subject.open();
    await createGroup(storage, 'g', ['alice']);
    await sayAll(storage, 'g', [{ from: 'alice' }]);
    await sendToUser(storage, { from: 'alice', to: 'bob' });
    await sendToUser(storage, { from: 'alice', to: 'bob' });
    await sendToUser(storage, { from: 'eve', to: 'bob' });
    expect(await page(storage, pairChat('bob', 'alice'))).toEqual([2, 1]);
    expect(await page(storage, pairChat('bob', 'eve'))).toEqual([1]);
    expect(await page(storage, groupChat('g'))).toEqual([1]);
    for (const chat of [
      groupChat('h'),
      pairChat('alice', 'eve'),
      groupChat('a\u0000'),
      groupChat('\ud800'),
    ]) {
      expect(await page(storage, chat)).toEqual([]);
    }
  });
}
