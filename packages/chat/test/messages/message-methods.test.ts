import { describe, expect, it, vi } from 'vitest';
import * as OWN_LIMITS from '../../src/own-limits.ts';
import type { ChatSDK, Message } from '../../src/types/index.ts';
import { fakeServer } from '../fake-server.ts';
import { wireMessage } from './wire-message.ts';

vi.spyOn(console, 'warn').mockImplementation(() => {});

const TO_BOB = { to: 'bob', conversationType: 'C2C' } as const;
const SENT = { sequence: 5, timestamp: 7_900, nick: 'Al', avatar: 'a.png', nameCard: '' };

async function ready() {
  const server = fakeServer();
  const chat = server.chat();
  await server.ready(chat);
  return { server, chat };
}

describe('creating', () => {
  it('[MS1] makes the five types, each with the fields of its payload', async () => {
    const { chat } = await ready();
    const to = { to: 'g', conversationType: 'GROUP' } as const;
    const at = chat.createTextAtMessage({ ...to, payload: { text: '@bob', atUserList: ['bob'] } });
    expect([at.payload, at.atUserList, at.conversationID]).toEqual([{ text: '@bob' }, ['bob'], 'GROUPg']);
    expect(chat.createCustomMessage({ ...to, payload: { data: 'd' } }).payload).toEqual({
      data: 'd',
      description: '',
      extension: '',
    });
    const face = chat.createFaceMessage({ ...to, payload: { index: 1, data: 'x' } });
    expect([face.type, face.payload]).toEqual(['TIMFaceElem', { index: 1, data: 'x' }]);
    const place = { description: 'here', latitude: -1.5, longitude: 2 };
    expect(chat.createLocationMessage({ ...to, payload: place }).payload).toEqual(place);
  });

  it('[DI] has every field of the shape before it is sent', async () => {
    const { chat } = await ready();
    const message = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' }, priority: 'High' });
    expect(message).toEqual({
      ID: `alice-${message.clientTime}-${2 ** 31}`,
      type: 'TIMTextElem',
      payload: { text: 'hi' },
      conversationID: 'C2Cbob',
      conversationType: 'C2C',
      to: 'bob',
      from: 'alice',
      flow: 'out',
      time: 0,
      clientTime: expect.any(Number),
      sequence: 0,
      random: 2 ** 31,
      status: 'unSend',
      isRevoked: false,
      isDeleted: false,
      isModified: false,
      isPeerRead: false,
      priority: 'High',
      nick: '',
      avatar: '',
      nameCard: '',
      atUserList: [],
      cloudCustomData: '',
      needReadReceipt: false,
      readReceiptInfo: {},
      revoker: '',
      revokerInfo: { userID: '', nick: '', avatar: '' },
      revokeReason: '',
    });
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  });

  it('[DI3] throws 6017 for wrong options, and names the argument', async () => {
    const { chat } = await ready();
    const wrong: [keyof ChatSDK, unknown, string][] = [
      ['createTextMessage', { conversationType: 'C2C', payload: { text: '' } }, 'to'],
      ['createTextMessage', { to: 'b', conversationType: 'C2C', payload: { text: 5 } }, 'text'],
      [
        'createTextMessage',
        { to: 'b', conversationType: 'TOPIC', payload: { text: '' } },
        'conversationType',
      ],
      ['createTextAtMessage', { ...TO_BOB, payload: { text: '', atUserList: 'bob' } }, 'atUserList'],
      ['createFaceMessage', { ...TO_BOB, payload: { index: '1', data: '' } }, 'index'],
      ['createLocationMessage', { ...TO_BOB, payload: { description: '', latitude: 1 } }, 'longitude'],
      ['createCustomMessage', { ...TO_BOB }, 'payload'],
      ['createTextMessage', { ...TO_BOB, payload: { text: '' }, priority: 'Urgent' }, 'priority'],
      ['createImageMessage', undefined, 'options'],
    ];
    for (const [method, options, argument] of wrong) {
      const call = () => (chat[method] as (given: unknown) => unknown)(options);
      const error = { code: 6017, message: expect.stringContaining(argument) };
      expect(call, `${method} ${argument}`).toThrow(expect.objectContaining(error));
    }
  });

  it('[DI2] gives messages of what is not built, whose sending rejects 2998', async () => {
    const { server, chat } = await ready();
    const file = { file: {} };
    const forwarded = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' } });
    const made: [Message, string][] = [
      [chat.createImageMessage({ ...TO_BOB, payload: file }), 'TIMImageElem'],
      [chat.createAudioMessage({ ...TO_BOB, payload: file }), 'TIMSoundElem'],
      [chat.createVideoMessage({ ...TO_BOB, payload: file }), 'TIMVideoFileElem'],
      [chat.createFileMessage({ ...TO_BOB, payload: file }), 'TIMFileElem'],
      [chat.createMergerMessage({ ...TO_BOB, payload: { title: 't' } }), 'TIMRelayElem'],
      [chat.createForwardMessage({ ...TO_BOB, payload: forwarded }), 'TIMTextElem'],
    ];
    for (const [message, type] of made) {
      expect(message.type).toBe(type);
      const error = await chat.sendMessage(message).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 2998, data: { message: { status: 'fail' } } });
      expect(error.data.message).toBe(message);
    }
    expect(server.requests).toEqual([]);
  });
});

describe('sending', () => {
  it('[DI5] updates and resolves the very message, which is found afterwards', async () => {
    const { server, chat } = await ready();
    server.onRequest = () => SENT;
    const message = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' }, cloudCustomData: 'c' });
    const { data } = await chat.sendMessage(message);
    expect(data.message).toBe(message);
    expect(message).toMatchObject({ status: 'success', sequence: 5, time: 7, nick: 'Al', avatar: 'a.png' });
    expect(chat.findMessage(message.ID)).toEqual(message);
    message.payload.text = 'changed by the page';
    expect(chat.findMessage(message.ID)?.payload.text).toBe('hi');
    expect(server.requests[0]?.input).toEqual({
      conversationID: 'C2Cbob',
      type: 'TIMTextElem',
      payload: { text: 'hi' },
      random: message.random,
      clientTime: message.clientTime,
      priority: 'Normal',
      atUserList: [],
      cloudCustomData: 'c',
      needReadReceipt: false,
    });
  });

  it('[MS5] hands on that it is for those online, and what it does not count for', async () => {
    const { server, chat } = await ready();
    server.onRequest = () => SENT;
    const message = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' } });
    await chat.sendMessage(message, {
      onlineUserOnly: true,
      messageControlInfo: { excludedFromUnreadCount: true, excludedFromLastMessage: true },
      offlinePushInfo: {},
    });
    expect(server.requests[0]?.input).toMatchObject({
      onlineUserOnly: true,
      excludedFromUnreadCount: true,
      excludedFromLastMessage: true,
    });
  });

  it('[DI5] rejects with the message, whose status is fail', async () => {
    const { server, chat } = await ready();
    const message = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' } });
    const sending = chat.sendMessage(message).catch((error) => error);
    await server.clock.advance(0);
    server.refuse(server.requests[0] as never, 10017, 'MUTED');
    const error = await sending;
    expect(error).toMatchObject({ code: 10017, name: 'MUTED' });
    expect(error.data.message).toBe(message);
    expect(message.status).toBe('fail');
  });

  it('[MS2] sends again under the name of the message, so that it is stored once', async () => {
    const { server, chat } = await ready();
    const message = chat.createTextMessage({ ...TO_BOB, payload: { text: 'hi' } });
    const sending = chat.sendMessage(message).catch((error) => error);
    await server.clock.advance(15_000);
    expect(await sending).toMatchObject({ code: 2801, data: { sent: true } });
    server.onRequest = () => SENT;
    await chat.resendMessage(message);
    const [first, second] = server.requests.slice(-2);
    expect(second?.input).toEqual(first?.input);
    expect([first?.operationID, second?.operationID]).toEqual([message.ID, message.ID]);
    expect(message.status).toBe('success');
  });
});

describe('the history', () => {
  it('[MS1] comes in pages of 15, oldest first, by a cursor that an empty string begins', async () => {
    const { server, chat } = await ready();
    const page = [wireMessage({ sequence: 3 }), wireMessage({ sequence: 4, from: 'alice', to: 'bob' })];
    server.onRequest = () => ({ messageList: page, isCompleted: false });
    const { data } = await chat.getMessageList({ conversationID: 'C2Cbob', nextReqMessageID: '' });
    expect(data).toMatchObject({ isCompleted: false, nextReqMessageID: '3' });
    expect(
      data.messageList.map(({ sequence, flow, time, conversationID }) => [
        sequence,
        flow,
        time,
        conversationID,
      ]),
    ).toEqual([
      [3, 'in', 1, 'C2Cbob'],
      [4, 'out', 1, 'C2Cbob'],
    ]);
    server.onRequest = () => ({ messageList: [], isCompleted: true });
    const { nextReqMessageID } = data;
    const last = await chat.getMessageList({ conversationID: 'C2Cbob', nextReqMessageID });
    expect(last.data).toEqual({ messageList: [], nextReqMessageID: '', isCompleted: true });
    expect(server.requests.map(({ input }) => input)).toEqual([
      { conversationID: 'C2Cbob', count: 15 },
      { conversationID: 'C2Cbob', count: 15, before: 3 },
    ]);
    await expect(
      chat.getMessageList({ conversationID: 'C2Cbob', nextReqMessageID: 'elsewhere' }),
    ).rejects.toMatchObject({ code: 6017 });
  });

  it('[MS5] what was seen is found, the newest thousand, and by no other user', async () => {
    const { server, chat } = await ready();
    const page = Array.from({ length: OWN_LIMITS.seenMessages_max + 1 }, (_, random) =>
      wireMessage({ random }),
    );
    server.onRequest = () => ({ messageList: page, isCompleted: true });
    await chat.getMessageList({ conversationID: 'C2Cbob' });
    expect(chat.findMessage('bob-1-0')).toBeNull();
    expect(chat.findMessage('bob-1-1')).toMatchObject({ ID: 'bob-1-1', from: 'bob' });
    server.onRequest = () => ({});
    await chat.logout();
    expect(chat.findMessage('bob-1-1')).toBeNull();
  });

  it('[MS5] deletes messages of one conversation, for this user', async () => {
    const { server, chat } = await ready();
    server.onRequest = () => ({ messageList: [wireMessage({ sequence: 3 })], isCompleted: true });
    const { messageList } = (await chat.getMessageList({ conversationID: 'C2Cbob' })).data;
    server.onRequest = () => ({});
    const { data } = await chat.deleteMessage(messageList);
    expect(data.messageList).toEqual([expect.objectContaining({ isDeleted: true })]);
    expect(server.requests.at(-1)?.input).toEqual({ conversationID: 'C2Cbob', sequenceList: [3] });
    for (const wrong of [
      undefined,
      [],
      [{}],
      [...messageList, { ...messageList[0], conversationID: 'C2Cx' }],
    ])
      await expect(chat.deleteMessage(wrong as never)).rejects.toMatchObject({ code: 6017 });
  });

  it('[MS1] [MS5] revokes and modifies in the very message passed in', async () => {
    const { server, chat } = await ready();
    const own = wireMessage({ from: 'alice', to: 'bob', sequence: 3 });
    server.onRequest = () => ({ messageList: [own], isCompleted: true });
    const [message] = (await chat.getMessageList({ conversationID: 'C2Cbob' })).data
      .messageList as unknown as [Message];
    server.onRequest = () => ({ message: { ...own, isModified: true, payload: { text: 'ho' } } });
    message.payload.text = 'ho';
    expect((await chat.modifyMessage(message)).data.message).toBe(message);
    expect(message).toMatchObject({ isModified: true, payload: { text: 'ho' } });
    server.onRequest = () => ({ message: { ...own, isRevoked: true, revoker: 'alice' } });
    expect((await chat.revokeMessage(message)).data.message).toBe(message);
    expect(message).toMatchObject({ isRevoked: true, revoker: 'alice', revokerInfo: { userID: 'alice' } });
    expect(server.requests.slice(-2).map(({ input }) => input)).toEqual([
      { conversationID: 'C2Cbob', sequence: 3, payload: { text: 'ho' }, cloudCustomData: '' },
      { conversationID: 'C2Cbob', sequence: 3 },
    ]);
  });

  it('[MS5] is cleared by the name of its conversation', async () => {
    const { server, chat } = await ready();
    server.onRequest = ({ input }) => input;
    expect((await chat.clearHistoryMessage('C2Cbob')).data).toEqual({ conversationID: 'C2Cbob' });
    await expect(chat.clearHistoryMessage(undefined as never)).rejects.toMatchObject({ code: 6017 });
  });
});
