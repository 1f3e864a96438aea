/** A client of the original SDK whose line takes nothing for a while. */
import { limit } from '@muster/protocol';
import { startMuster } from '@muster/server/testing';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WireClient } from './wire-client.ts';

it('[DL6] a list that is longer than the queue arrives whole, also on a slow line', async () => {
  const muster = await startMuster();
  const client = await WireClient.connect(muster.proxyServer);
  await client.login('ann', muster.userSig('ann'));
  const group = { Type: 'Public', Name: 'team', GroupId: 'long' };
  await client.ask('group_open_http_svc.create_group', group);
  const { conversations } = muster.server().app.storage;
  const mirror = conversations.mirror.bind(conversations);
  vi.spyOn(conversations, 'mirror').mockImplementation(async (userID) => {
    const read = await mirror(userID);
    return (
      read && { ...read, conversations: Array.from({ length: 30_000 }, () => read.conversations[0] as never) }
    );
  });
  const slow = new WebSocket(`${muster.proxyServer}/binfo`);
  await new Promise((resolve) => slow.on('open', resolve));
  slow.send(
    Buffer.from(
      JSON.stringify({ head: { servcmd: 'recentcontact.page_get', seq: 1, a2: client.a2 }, body: {} }),
    ),
  );
  slow.pause();
  await new Promise((resolve) => setTimeout(resolve, limit('connectionBlocked_ms_max') + 2_500));
  const closed = new Promise<string>((resolve) => slow.on('close', (code) => resolve(`closed ${code}`)));
  const bytes = new Promise<number>((resolve) =>
    slow.on('message', (data: Buffer) => data.length > 1_000_000 && resolve(data.length)),
  );
  slow.resume();
  expect(await Promise.race([bytes, closed])).toBeGreaterThan(8_000_000);
  slow.terminate();
  client.close();
  await muster.close();
});
