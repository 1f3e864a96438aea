import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startOnFreePort, urlAddress } from '../src/command-line/addresses.ts';

const HOST = '127.0.0.1';

async function listen(port = 0): Promise<Server> {
  const server = createServer().listen(port, HOST);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

it.each([
  ['127.0.0.1', '127.0.0.1:80'],
  ['0.0.0.0', '127.0.0.1:80'],
  ['::', '[::1]:80'],
  ['::1', '[::1]:80'],
  ['chat.local', 'chat.local:80'],
])('writes the host %s as one can open it', (host, address) => {
  expect(urlAddress({ host, port: 80 })).toBe(address);
});

it('passes over ports that are taken', async () => {
  const taken = portOf(await listen());
  const tried: number[] = [];
  const port = await startOnFreePort({ host: HOST, port: taken }, async (port) => {
    tried.push(port);
    return portOf(await listen(port));
  });
  expect(port).toBeGreaterThan(taken);
  expect(tried).toEqual([port]);
});

it('passes over a port that is taken while it starts', async () => {
  const first = portOf(await listen()) + 1;
  const tried: number[] = [];
  const port = await startOnFreePort({ host: HOST, port: first }, async (port) => {
    tried.push(port);
    if (tried.length === 1) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
    return port;
  });
  expect(tried).toHaveLength(2);
  expect(port).toBe(tried[1]);
});

it('tries no other port when something else is wrong', async () => {
  const tried: number[] = [];
  const start = async (port: number): Promise<never> => {
    tried.push(port);
    throw new Error('no disk');
  };
  const first = portOf(await listen()) + 1;
  await expect(startOnFreePort({ host: HOST, port: first }, start)).rejects.toThrow('no disk');
  expect(tried).toHaveLength(1);
});
