import { COMMANDS, ERRORS, LIMITS as PROTOCOL_LIMITS } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { ChatError, chatError } from '../src/errors.ts';
import * as LIMITS from '../src/limits.ts';
import { METHOD_NAMES } from '../src/method-names.ts';
import { isWrite } from '../src/sync/calls.ts';
import type { ChatSDK } from '../src/types/index.ts';
import { fakeServer, groupView } from './fake-server.ts';

describe('the instance', () => {
  it('[DI2] has every method of 3.6.6, as own properties', () => {
    const chat = fakeServer().chat() as unknown as Record<string, unknown>;
    for (const name of METHOD_NAMES) expect(typeof chat[name], name).toBe('function');
    expect(Object.getPrototypeOf(chat)).toBe(Object.prototype);
  });

  it('[DI3] works unbound and through a Proxy', async () => {
    const server = fakeServer();
    server.login = { groups: [groupView('g')] };
    const chat = server.chat();
    await server.ready(chat);
    const { getGroupList } = chat;
    const proxied = new Proxy(chat, {});
    expect((await getGroupList()).data.groupList).toHaveLength(1);
    expect((await proxied.getGroupList()).data.groupList).toHaveLength(1);
    expect(new Proxy(chat, { get: (target, name) => Reflect.get(target, name) }).isReady()).toBe(true);
  });

  it('[DI2] rejects what is not built, names it and the page that says more', async () => {
    const chat = fakeServer().chat();
    const error = await chat.createTopicInCommunity({}).catch((thrown: ChatError) => thrown);
    expect(error).toMatchObject({
      code: 2998,
      name: 'NOT_SUPPORTED',
      retryable: false,
      message: expect.stringMatching(/createTopicInCommunity.*compatibility/),
    });
    const callback: unknown[] = [];
    chat.inviteSync({}, undefined, (...given: unknown[]) => callback.push(...given));
    expect(callback[0]).toBe(2998);
    expect(chat.getSignalingInfo({} as never)).toBeNull();
    expect(chat.findMessage('x')).toBeNull();
  });

  it('[DI2] has no friends and blocks nobody, and does not pretend to add any', async () => {
    const chat = fakeServer().chat();
    expect((await chat.getFriendList()).data).toEqual([]);
    expect((await chat.getBlacklist()).data).toEqual([]);
    expect((await chat.getFriendApplicationList()).data).toEqual({
      friendApplicationList: [],
      unreadCount: 0,
    });
    await expect(chat.addFriend({})).rejects.toMatchObject({ code: 2998 });
  });

  it('[DI2] answers the experimental calls of kits truthfully', async () => {
    const chat = fakeServer().chat();
    const enabled = async (bits: number) =>
      (await chat.callExperimentalAPI('isCommercialAbilityEnabled', bits)).data.enabled;
    expect(await enabled(2 ** 15)).toBe(true);
    expect(await enabled(2 ** 9 + 2 ** 10)).toBe(true);
    expect(await enabled(2 ** 15 + 2 ** 13)).toBe(false);
    expect(await enabled(2 ** 38)).toBe(false);
    expect(chat.callExperimentalAPI('canIUseModule', 'group-module')).toBe(true);
    expect(chat.callExperimentalAPI('canIUseModule', 'signaling-module')).toBe(false);
    expect((await chat.callExperimentalAPI('reportTUIFeatureUsage', {})).code).toBe(0);
    await expect(chat.callExperimentalAPI('other', {})).rejects.toMatchObject({ code: 2905 });
  });

  it('[DI2] warns once of plugins and goes on', () => {
    const chat: ChatSDK = fakeServer().chat();
    expect(chat.registerPlugin({ 'tim-upload-plugin': {} })).toBeUndefined();
    expect(chat.use({})).toBeUndefined();
  });
});

describe('what is said twice', () => {
  it('limits agree with the table of the protocol', () => {
    for (const [name, value] of Object.entries(LIMITS)) {
      expect(value, name).toBe(PROTOCOL_LIMITS[name as keyof typeof LIMITS].value);
    }
  });

  it('errors agree with the table of the protocol', () => {
    for (const name of ['NO_CONNECTION', 'TOO_FREQUENT', 'NOT_SUPPORTED', 'LOGGED_OUT'] as const) {
      const { code, retryable } = chatError(name, 'x');
      expect({ code, retryable }).toEqual({ code: ERRORS[name].code, retryable: ERRORS[name].retryable });
    }
  });

  it('[DL2] the names of commands say which are writes', () => {
    for (const [name, { kind }] of Object.entries(COMMANDS)) {
      if (kind !== 'session') expect(isWrite(name as never), name).toBe(kind === 'write');
    }
  });
});

it('[DL8] an error is an Error whose facts are own and enumerable', () => {
  const error = chatError('NO_CONNECTION', 'gone', { sent: true });
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(ChatError);
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 2801,
    name: 'NO_CONNECTION',
    message: 'gone',
    retryable: true,
    data: { sent: true },
  });
  expect(error.stack).toContain('chat.test.ts');
});
