import { afterEach, describe, expect, it, vi } from 'vitest';
import { create } from '../src/create.ts';
import MusterChat, { MusterChat as named } from '../src/index.ts';
import type { ChatSDK } from '../src/types/index.ts';
import { fakeServer } from './fake-server.ts';

const made: ChatSDK[] = [];
const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});

function make(options: Record<string, unknown>, around = fakeServer().around): ChatSDK {
  const chat = create(options as never, around);
  made.push(chat);
  return chat;
}

afterEach(async () => {
  await Promise.all(made.splice(0).map((chat) => chat.destroy()));
  warn.mockClear();
});

const proxyServer = 'ws://127.0.0.1:8080';

describe('the same instance', () => {
  it('[US8] for the same SDKAppID and proxyServer, however they are written', () => {
    const chat = make({ SDKAppID: 1, proxyServer });
    for (const other of [
      'ws://127.0.0.1:8080/',
      'http://127.0.0.1:8080',
      'HTTP://127.0.0.1:8080//',
      undefined,
      '',
    ]) {
      expect(make({ SDKAppID: '1', proxyServer: other }), other).toBe(chat);
    }
    expect(make({ SDKAppID: 2, proxyServer })).not.toBe(chat);
    expect(make({ SDKAppID: 1, proxyServer: 'wss://127.0.0.1:8080' })).not.toBe(chat);
  });

  it('[US8] until it is destroyed', async () => {
    const chat = make({ SDKAppID: 1, proxyServer });
    await chat.destroy();
    expect(make({ SDKAppID: 1, proxyServer })).not.toBe(chat);
  });

  it('[US8] under each name', () => {
    const chat = make({ SDKAppID: 1, proxyServer });
    const bob = make({ SDKAppID: 1, proxyServer, instance: 'bob' });
    expect(bob).not.toBe(chat);
    expect(make({ SDKAppID: 1, instance: 'bob' })).toBe(bob);
  });

  it('[US8] without proxyServer, unless there are several', () => {
    const one = make({ SDKAppID: 1, proxyServer });
    expect(make({ SDKAppID: 1 })).toBe(one);
    make({ SDKAppID: 1, proxyServer: 'ws://127.0.0.1:9090' });
    expect(() => make({ SDKAppID: 1 })).toThrow('proxyServer');
  });

  it('[US8] is shared by all copies of the package on a page', () => {
    make({ SDKAppID: 1, proxyServer });
    const shared = globalThis as { [name: symbol]: { size: number } };
    expect(shared[Symbol.for('muster.chat')]?.size).toBe(1);
  });
});

describe('options', () => {
  it('[US8] shows the line to write when there is no server', () => {
    expect(() => make({ SDKAppID: 77 })).toThrow(/SDKAppID: 77, proxyServer: 'ws:\/\/127\.0\.0\.1:8080'/);
  });

  for (const options of [
    undefined,
    {},
    { SDKAppID: 'x', proxyServer },
    { SDKAppID: 0, proxyServer },
    { SDKAppID: 1, proxyServer: 5 },
    { SDKAppID: 1, proxyServer: 'localhost:80' },
    { SDKAppID: 1, proxyServer, counterValues: 'number' },
  ]) {
    it(`[DI3] throws a coded error for ${JSON.stringify(options)}`, () => {
      expect(() => make(options as never)).toThrow(expect.objectContaining({ code: 6017 }));
    });
  }

  it('[US8] of a later call change nothing and are warned of; other counterValues throw', () => {
    make({ SDKAppID: 1, proxyServer });
    expect(warn).not.toHaveBeenCalled();
    make({ SDKAppID: 1, proxyServer, unlimitedAVChatRoom: true });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(() => make({ SDKAppID: 1, proxyServer, counterValues: 'bigint' })).toThrow(/counterValues/);
  });

  it('[DI4] that are not known are warned of', () => {
    make({ SDKAppID: 1, proxyServer, scene: 'kit' });
    expect(warn.mock.calls.flat().join()).toContain('scene');
  });

  it('dials the socket door of the server', async () => {
    const server = fakeServer();
    server.onRequest = () => ({});
    const chat = make({ SDKAppID: 1, proxyServer: 'https://chat.example/base/' }, server.around);
    chat.login({ userID: 'a', userSig: 's' }).catch(() => {});
    expect(server.socket().url).toBe('wss://chat.example/base/ws');
  });
});

it('[DI1] is exported by default and by name, with its constants and version', () => {
  expect(named).toBe(MusterChat);
  expect(MusterChat.VERSION).toMatch(/^\d+\.\d+\.\d+$/);
  expect([MusterChat.EVENT.SDK_READY, MusterChat.TYPES.GRP_WORK]).toEqual(['sdkStateReady', 'Private']);
  expect(Object.keys(MusterChat.TSignaling).length).toBeGreaterThan(0);
});
