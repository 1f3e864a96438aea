/** A server that restarts under the original SDK. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMuster } from '@muster/server/testing';
import { expect, it } from 'vitest';
import type { Place } from './cast.ts';
import { Original } from './original.ts';

/** The client may notice a server that is gone by its own next sign of life only. */
const HELLO_MS = 25_000;

export function restartStory({ name, login = Original.login }: Place): void {
  it(`[OS2][US11][DL1] in ${name} a restarted server knows the session, and everything that was answered`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'muster-original-'));
    const options = { storage: `sqlite:${path.join(folder, 'muster.db')}`, SDKAppID: 1_400_000_009 };
    const secretKey = 'a secret that stays the same over the restart';
    let server = await startMuster({ ...options, secretKey });
    const ann = await login('ann', server);
    try {
      await ann.call('createGroup', { type: 'Public', name: 'team', groupID: 'g' });
      const first = await ann.call('increaseGroupCounter', { groupID: 'g', key: 'hits', value: 1 });
      expect(first.data.counters).toEqual({ hits: 1 });
      await server.close();
      await ann.hears('NET_STATE_CHANGE', ({ state }) => state === 'disconnected', HELLO_MS);
      server = await startMuster({ ...options, secretKey, port: server.port });
      // The next request of the app brings the connection back.
      const second = await ann.call('increaseGroupCounter', { groupID: 'g', key: 'hits', value: 1 });
      expect(second.data.counters).toEqual({ hits: 2 });
      expect(ann.all('KICKED_OUT')).toEqual([]);
      await ann.hears('GROUP_COUNTER_UPDATED', ({ value }) => value === 2);
      expect(ann.all('UNHANDLED')).toEqual([]);
    } finally {
      ann.end();
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
}
