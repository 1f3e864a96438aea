/** Messages on their way out: made here, and sent by `sendMessage` (MS1, DI3). */
import {
  anyText,
  type Check,
  type Checks,
  flag,
  keys,
  oneOf,
  optional,
  plainObject,
  refuse,
  take,
  text,
} from '../arguments.ts';
import { TYPES } from '../constants/types.ts';
import type { Core } from '../core.ts';
import type { AnyMessage, Message } from '../types/messages.ts';
import { blankMessage, messageOf } from './message-of.ts';

const word: Check<string> = (value = '', name) => anyText(value, name);
const number: Check<number> = (value, name) =>
  Number.isFinite(value) ? (value as number) : refuse(name, 'a number');

const OPTIONS = {
  to: text,
  conversationType: oneOf(TYPES.CONV_C2C, TYPES.CONV_GROUP),
  priority: optional(oneOf('High', 'Normal', 'Low', 'Lowest')),
  cloudCustomData: optional(anyText),
  needReadReceipt: optional(flag),
};

const KINDS = {
  Text: [TYPES.MSG_TEXT, { text: anyText }],
  TextAt: [TYPES.MSG_TEXT, { text: anyText, atUserList: optional(keys) }],
  Custom: [TYPES.MSG_CUSTOM, { data: word, description: word, extension: word }],
  Face: [TYPES.MSG_FACE, { index: number, data: anyText }],
  Location: [TYPES.MSG_LOCATION, { description: anyText, latitude: number, longitude: number }],
  Image: [TYPES.MSG_IMAGE],
  Audio: [TYPES.MSG_AUDIO],
  Video: [TYPES.MSG_VIDEO],
  File: [TYPES.MSG_FILE],
  Merger: [TYPES.MSG_MERGER],
  // What is forwarded is given as the payload, and says its type.
  Forward: [],
} as const satisfies Record<string, readonly [type?: TYPES, payload?: Checks]>;

export type CreatorName = `create${keyof typeof KINDS}Message`;
type Creator = (given: unknown) => AnyMessage;

/** `unsendable` takes those that cannot be sent, with the method that is not built (DI2). */
export function messageCreators(
  { log, session, around }: Core,
  unsendable: WeakMap<Message, string>,
): Record<CreatorName, Creator> {
  const make = (method: string, given: unknown, ofType?: TYPES, checks?: Checks) => {
    const check: Check<object> = (value, name) =>
      checks ? take(name, value, checks, log) : plainObject(value, name);
    const options = take(method, given, { ...OPTIONS, payload: check }, log);
    const { type, payload } = (
      ofType ? { type: ofType, payload: options.payload } : options.payload
    ) as Message;
    const { atUserList = [], ...rest } = payload as { atUserList?: string[] };
    const blank = blankMessage(around.now(), around.random());
    const from = session.userID;
    const message = messageOf({ ...blank, ...options, from, type, atUserList, payload: rest } as never, from);
    if (!checks) unsendable.set(message, method);
    return Object.assign(message, { flow: 'out', status: 'unSend', time: 0 });
  };
  const creators = Object.entries(KINDS).map(([kind, [type, checks]]) => {
    const method = `create${kind}Message`;
    return [method, (given: unknown) => make(method, given, type, checks)];
  });
  return Object.fromEntries(creators);
}
