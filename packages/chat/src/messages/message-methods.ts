/** Sending, fetching and changing messages (MS1, MS5). */
import type { CommandInput, Message as WireMessage } from '@muster/protocol';
import {
  type Check,
  listOf,
  optionalName,
  plainObject,
  refuse,
  text,
  unused,
  wholeNumber,
} from '../arguments.ts';
import { copyOf } from '../copy-of.ts';
import { type Core, ok } from '../core.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import { methodOf } from '../sync/methods.ts';
import type { Message, MessageMethods } from '../types/messages.ts';
import { type CreatorName, messageCreators } from './create-messages.ts';
import { sender } from './send-message.ts';

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

type Built = Omit<MessageMethods, CreatorName> & Record<CreatorName, (given: never) => unknown>;

export function messageMethods(core: Core): Built {
  const { calls, mirror, seen } = core;
  const unsendable = new WeakMap<Message, string>();
  const sendMessage = sender(core, unsendable);

  /** What the server says a message is now, in the very message that was passed in. */
  const changed = <Changed extends Message>(message: Changed, now: WireMessage) =>
    ok({ message: Object.assign(message, seen.show(now)) as Changed });

  const clear = methodOf(core, 'clearHistoryMessage', { takes: { conversationID: text } });
  return {
    ...messageCreators(core, unsendable),
    sendMessage,
    resendMessage: sendMessage,
    async revokeMessage(message) {
      const { message: now } = await calls.ask('revokeMessage', place(message, 'revokeMessage: message'));
      return changed(message, now);
    },
    async modifyMessage(message) {
      const at = place(message, 'modifyMessage: message');
      const { payload, cloudCustomData } = message;
      const input = copyOf({ ...at, payload, cloudCustomData }) as object as CommandInput<'modifyMessage'>;
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
    getMessageList: methodOf(core, 'getMessageList', {
      takes: LIST,
      sends: ({ conversationID, nextReqMessageID }) =>
        ({ conversationID, count: OWN_LIMITS.messagePage_count, before: nextReqMessageID }) as never,
      gives: ({ messageList, isCompleted }) => ({
        messageList: messageList.map(seen.show),
        nextReqMessageID: isCompleted ? '' : String(messageList[0]?.sequence ?? ''),
        isCompleted,
      }),
    }),
    setMessageRead: methodOf(core, 'setMessageRead', {
      takes: { conversationID: text },
      // What comes in meanwhile was not seen.
      sends: ({ conversationID }) =>
        ({ conversationID, through: mirror.heldConversations.get(conversationID)?.tally.sequence }) as never,
      gives: () => ({}),
    }),
    clearHistoryMessage: (conversationID) => clear({ conversationID }),
    findMessage: (messageID) => seen.find(messageID),
  };
}
