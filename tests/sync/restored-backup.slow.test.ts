/** A server that was put back to a backup: devices take its state, whatever they knew (DL4). */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('a restored backup', () => {
  let folder: string;
  let file: string;
  let muster: Muster;
  let ann: ChatSDK;
  const told: Record<string, unknown> = {};

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-restore-'));
    file = join(folder, 'muster.db');
    muster = await startMuster({ storage: `sqlite:${file}`, tickMs: 0 });
    ann = await muster.login('ann');
    ann.on(MusterChat.EVENT.GROUP_COUNTER_UPDATED, ({ data }) => {
      told[data.key] = data.value;
    });
    ann.on(MusterChat.EVENT.GROUP_COUNTER_DELETED, ({ data }) => {
      delete told[data.key];
    });
  });
  afterEach(async () => {
    await ann.destroy();
    await muster.close();
    await rm(folder, { recursive: true });
  });

  async function restart(between: () => Promise<void>): Promise<void> {
    const { SDKAppID, secretKey, port } = muster;
    await muster.server().close();
    await between();
    muster = await startMuster({ storage: `sqlite:${file}`, tickMs: 0, SDKAppID, secretKey, port });
  }

  /** A newer state than the backup's, which is then put back. */
  async function restore(change: () => void): Promise<void> {
    await ann.createGroup({ type: MusterChat.TYPES.GRP_PUBLIC, groupID: 'g', name: 'old' });
    await ann.setGroupCounters({ groupID: 'g', counters: { likes: 3, kept: 1 } });
    await restart(() => copyFile(file, `${file}.backup`));
    await ann.increaseGroupCounter({ groupID: 'g', key: 'likes', value: 5 });
    await ann.setGroupCounters({ groupID: 'g', counters: { later: 1 } });
    await ann.updateGroupProfile({ groupID: 'g', name: 'new' });
    await ann.createGroup({ type: MusterChat.TYPES.GRP_PUBLIC, groupID: 'lost', name: 'lost' });
    await restart(async () => {
      for (const ending of ['-wal', '-shm']) await rm(`${file}${ending}`, { force: true });
      await copyFile(`${file}.backup`, file);
      change();
    });
  }

  async function comparedWith(fresh: ChatSDK): Promise<void> {
    const names = async (device: ChatSDK): Promise<string[]> =>
      (await device.getGroupList()).data.groupList.map(({ name }) => name);
    await expect.poll(() => names(ann), { timeout: 10_000 }).toEqual(['old']);
    expect(await names(fresh)).toEqual(['old']);
    const counters = async (device: ChatSDK): Promise<unknown> =>
      (await device.getGroupCounters({ groupID: 'g' })).data.counters;
    expect(await counters(ann)).toEqual({ likes: 3, kept: 1 });
    expect(told).toEqual({ likes: 3, kept: 1 });
    expect((await ann.increaseGroupCounter({ groupID: 'g', key: 'likes', value: 1 })).data.value).toBe(4);
    expect(await counters(ann)).toEqual({ likes: 4, kept: 1 });
    await expect.poll(() => counters(fresh)).toEqual({ likes: 4, kept: 1 });
    expect(told).toEqual({ likes: 4, kept: 1 });
  }

  it('[DL4] of the same epoch: positions ahead of the server are healed', async () => {
    await restore(() => undefined);
    await comparedWith(await muster.login('ann'));
  }, 40_000);

  it('[DL4] of a new epoch, as the guide says', async () => {
    await restore(() => {
      const database = new Database(file);
      database.prepare("UPDATE meta SET value = 'restored' WHERE name = 'epoch'").run();
      database.close();
    });
    await comparedWith(await muster.login('ann'));
  }, 40_000);
});
