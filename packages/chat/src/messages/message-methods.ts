/** Sending, fetching and changing messages (MS1, MS5). */
import type { CommandInput, Message as WireMessage } from '@muster/protocol';
import {
  type Check,
  flag,
  listOf,
  operationID,
  optional,
  optionalName,
  plainObject,
  refuse,
  take,
  text,
  unused,
  wholeNumber,
} from '../arguments.ts';
import { type Core, ok } from '../core.ts';
import { ChatError, notSupported } from '../errors.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import { asItIs, methodOf } from '../sync/methods.ts';
import type { Message, MessageMethods, SendMessageOptions } from '../types/messages.ts';
import { type CreatorName, messageCreators } from './create-messages.ts';

const flags: Check<Partial<Record<string, boolean>>> = (value, name) => {
  const { excludedFromUnreadCount, excludedFromLastMessage } = plainObject(value, name);
  return { excludedFromUnreadCount, excludedFromLastMessage } as Partial<Record<string, boolean>>;
};

const SEND = {
  onlineUserOnly: optional(flag),
  messageControlInfo: optional(flags),
  offlinePushInfo: unused,
  operationID,
};

/** What a message says to the server, which knows who says it. */
const SAID = [
  'conversationID',
  'type',
  'payload',
  'random',
  'clientTime',
  'priority',
  'atUserList',
  'cloudCustomData',
  'needReadReceipt',
] as const satisfies readonly (keyof Message)[];

/** Where the message stands, which is what names it to the server. */
const place: Check<{ conversationID: string; sequence: number }> = (value, name) => {
  const { conversationID, sequence } = plainObject(value, name);
  return {
    conversationID: text(conversationID, `${name}.conversationID`),
    sequence: wholeNumber(sequence, `${name}.sequence`),
  };
};

/** A page is named by the place it ends before. */
const cursor: Check<number | undefined> = (value, name) => {
  const given = optionalName(value, name);
  return given === undefined ? undefined : wholeNumber(Number(given), name);
};

const LIST = { conversationID: text, nextReqMessageID: cursor, count: unused };

/** As it is said on the wire, also of an object that a page watches through a Proxy. */
const copyOf = (value: object): unknown => JSON.parse(JSON.stringify(value));

type Built = Omit<MessageMethods, CreatorName> & Record<CreatorName, (given: never) => unknown>;

export function messageMethods(core: Core): Built {
  const { calls, mirror, seen, log } = core;
  const unsendable = new WeakMap<Message, string>();

  const send = async <Sent extends Message>(message: Sent, given: SendMessageOptions = {}) => {
    plainObject(message, 'sendMessage: message');
    try {
      const method = unsendable.get(message);
      if (method) throw notSupported(method);
      const { messageControlInfo, operationID: own, ...how } = take('sendMessage', given, SEND, log);
      const said = Object.fromEntries(SAID.map((name) => [name, message[name]]));
      const input = copyOf({ ...said, ...how, ...messageControlInfo });
      message.status = 'unSend';
      await calls.ask('sendMessage', input as CommandInput<'sendMessage'>, {
        // The app may send a message again that has not been answered: it counts once (MS2).
        operationID: own ?? message.ID,
        apply({ timestamp, ...news }) {
          Object.assign(message, news, { time: Math.floor(timestamp / 1_000), status: 'success' });
          seen.show(copyOf({ ...message, timestamp }) as unknown as WireMessage);
        },
      });
      return ok({ message });
    } catch (error) {
      message.status = 'fail';
      if (error instanceof ChatError) error.data = { ...error.data, message };
      throw error;
    }
  };

  /** What the server says a message is now, in the very message that was passed in. */
  const changed = <Changed extends Message>(message: Changed, now: WireMessage) =>
    ok({ message: Object.assign(message, seen.show(now)) as Changed });

  const clear = methodOf(core, 'clearHistoryMessage', { takes: { conversationID: text }, gives: asItIs });
  return {
    ...messageCreators(core, unsendable),
    sendMessage: send,
    resendMessage: send,
    async revokeMessage(message) {
      const { message: now } = await calls.ask('revokeMessage', place(message, 'revokeMessage: message'));
      return changed(message, now);
    },
    async modifyMessage(message) {
      const at = place(message, 'modifyMessage: message');
      const { payload, cloudCustomData } = message;
      const input = copyOf({ ...at, payload, cloudCustomData }) as CommandInput<'modifyMessage'>;
      return changed(message, (await calls.ask('modifyMessage', input)).message);
    },
    async deleteMessage(messageList) {
      const name = 'deleteMessage: messageList';
      const places = listOf(place)(messageList, name);
      const conversationID = places[0]?.conversationID;
      if (!conversationID || places.some((one) => one.conversationID !== conversationID))
        refuse(name, 'messages of one conversation');
      const sequenceList = places.map(({ sequence }) => sequence);
      await calls.ask('deleteMessage', { conversationID: conversationID as string, sequenceList });
      for (const message of messageList) message.isDeleted = true;
      return ok({ messageList });
    },
    async getMessageList(given) {
      const { conversationID, nextReqMessageID } = take('getMessageList', given, LIST, log);
      const before = nextReqMessageID === undefined ? {} : { before: nextReqMessageID };
      const { messageList, isCompleted } = await calls.ask('getMessageList', {
        conversationID,
        count: OWN_LIMITS.messagePage_count,
        ...before,
      });
      const first = messageList[0]?.sequence ?? '';
      return ok({
        messageList: messageList.map(seen.show),
        nextReqMessageID: isCompleted ? '' : String(first),
        isCompleted,
      });
    },
    async setMessageRead(given) {
      const { conversationID, operationID: own } = take(
        'setMessageRead',
        given,
        { conversationID: text, operationID },
        log,
      );
      const known = mirror.conversations.get(conversationID);
      // What comes in meanwhile was not seen.
      const input = { conversationID, ...(known && { through: known.tally.sequence }) };
      await calls.ask('setMessageRead', input, { operationID: own });
      return ok({});
    },
    clearHistoryMessage: (conversationID) => clear({ conversationID }),
    findMessage: (messageID) => seen.find(messageID),
  };
}
