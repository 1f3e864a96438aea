/** What somebody does with a chat kit of the original's, unmodified, whatever SDK it runs on. */
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KitPerson } from './kit-person.ts';

/** The original's SDK gathers changes of its list for a second before it shows them. */
const PATIENCE = { timeout: 5_000 };

export function kitSuite(sdk: 'muster' | 'original'): void {
  let muster: Muster;
  let ann: KitPerson;
  let bob: KitPerson;

  beforeAll(async () => {
    muster = await startMuster();
    const owner = await muster.login('owner');
    await owner.createGroup({
      type: 'Public',
      groupID: 'team',
      name: 'Team',
      joinOption: 'FreeAccess',
    } as never);
    [ann, bob] = await Promise.all([
      KitPerson.start(muster, 'ann', sdk),
      KitPerson.start(muster, 'bob', sdk),
    ]);
  });
  afterAll(async () => {
    await Promise.all([ann?.end(), bob?.end()]);
    await muster.close();
  });

  describe(`the kit on the SDK ${sdk}`, () => {
    it('[DI2] logs in and is ready', async () => {
      expect(await Promise.all([ann.do('login'), bob.do('login')])).toEqual([true, true]);
    });

    it('[CV1] [MS4] shows a conversation that somebody else begins', async () => {
      await bob.do('open', 'C2Cann');
      await bob.do('send', 'ann', 'C2C', 'Hello Ann');
      await expect
        .poll(() => ann.do('conversations'), PATIENCE)
        .toEqual([{ conversationID: 'C2Cbob', unreadCount: 1, text: 'Hello Ann' }]);
    });

    it('[MS1] opens a chat, reads it, and both go on', async () => {
      await ann.do('open', 'C2Cbob');
      await expect.poll(() => ann.do('messages'), PATIENCE).toEqual([['in', 'Hello Ann']]);
      await ann.do('send', 'bob', 'C2C', 'Hello Bob');
      await expect
        .poll(() => bob.do('messages'), PATIENCE)
        .toEqual([
          ['out', 'Hello Ann'],
          ['in', 'Hello Bob'],
        ]);
      await expect
        .poll(() => ann.do('conversations'), PATIENCE)
        .toEqual([{ conversationID: 'C2Cbob', unreadCount: 0, text: 'Hello Bob' }]);
    });

    it('[MS2] speaks in a group', async () => {
      for (const person of [ann, bob]) await person.do('join', 'team');
      await ann.do('open', 'GROUPteam');
      await bob.do('open', 'GROUPteam');
      await ann.do('send', 'team', 'GROUP', 'Hello all');
      await expect.poll(() => bob.do('messages'), PATIENCE).toEqual([['in', 'Hello all']]);
    });

    it('[GC6] [GC7] sets and increases counters', async () => {
      await ann.do('setCounters', 'team', { likes: 4 });
      await bob.do('increase', 'team', 'likes', 3);
      expect(await ann.do('counters', 'team')).toMatchObject({ counters: { likes: 7 } });
    });
  });
}
