/** Sending, which updates the very message that is passed in (DI5). */
import type { CommandInput, Message as WireMessage } from '@muster/protocol';
import { type Check, flag, operationID, optional, plainObject, take, unused } from '../arguments.ts';
import { copyOf } from '../copy-of.ts';
import { type Core, ok } from '../core.ts';
import { ChatError, notSupported } from '../errors.ts';
import type { Message, MessageMethods, SendMessageOptions } from '../types/messages.ts';

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

/** `unsendable` are those that are refused, with the method that is not built (DI2). */
export function sender(
  { calls, seen, log }: Core,
  unsendable: WeakMap<Message, string>,
): MessageMethods['sendMessage'] {
  return async <Sent extends Message>(message: Sent, given: SendMessageOptions = {}) => {
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
}
