/** Servers that are killed while the original SDK increases a counter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newApp, serveMuster } from '../setup/served-muster.ts';
import { Original } from './original.ts';

const ROUNDS = 4;
const PER_ROUND = 10;

it('[OS2][OS5][DL1] increases over killed servers count once each', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-killed-'));
  const storage = `sqlite:${path.join(folder, 'muster.db')}`;
  const app = newApp();
  let server = await serveMuster(storage, app);
  const ann = await Original.login('ann', server);
  const increase = () => ann.call('increaseGroupCounter', { groupID: 'g', key: 'hits', value: 1 });
  try {
    await ann.call('createGroup', { type: 'Public', name: 'team', groupID: 'g' });
    const results: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const increases = Array.from({ length: PER_ROUND }, increase);
      await new Promise((resolve) => setTimeout(resolve, 3 * round));
      await server.kill();
      server = await serveMuster(storage, app, server.port);
      // The SDK comes back with the next call of the app, and sends first what has no answer yet.
      results.push((await increase()).data.counters.hits);
      for (const { data } of await Promise.all(increases)) results.push(data.counters.hits);
    }
    const count = ROUNDS * (PER_ROUND + 1);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect((await ann.call('getGroupCounters', { groupID: 'g' })).data.counters).toEqual({ hits: count });
    expect(ann.all('KICKED_OUT')).toEqual([]);
  } finally {
    ann.end();
    await server.kill();
    rmSync(folder, { recursive: true });
  }
});
