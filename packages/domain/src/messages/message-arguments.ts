/** What a message may carry (MS1), by its type. */
import {
  AT_ALL,
  limit,
  type MessagePayload,
  type MessageType,
  userIDFault,
  utf8Length,
} from '@muster/protocol';
import { type Refusal, refuse } from '../decision.ts';
import { refuseCharacters } from '../texts.ts';

/** One field of a payload. An `optional` one that is absent is kept as ''. */
interface Field {
  holds: 'text' | 'someText' | 'number' | 'integer';
  optional?: true;
}

const FIELDS: Record<MessageType, Record<string, Field>> = {
  TIMTextElem: { text: { holds: 'someText' } },
  TIMCustomElem: {
    data: { holds: 'text', optional: true },
    description: { holds: 'text', optional: true },
    extension: { holds: 'text', optional: true },
  },
  TIMFaceElem: { index: { holds: 'integer' }, data: { holds: 'text' } },
  TIMLocationElem: {
    description: { holds: 'text' },
    latitude: { holds: 'number' },
    longitude: { holds: 'number' },
  },
};

/** How much of the name of a field that is unknown an error shows. */
const NAME_SHOWN_MAX = 64;

interface Content {
  payload: MessagePayload;
  cloudCustomData: string;
}

/** The content as it is kept, or why it may not be. */
export function contentOf(
  type: MessageType,
  given: { payload: MessagePayload; cloudCustomData?: string | undefined },
): Content | Refusal<'BAD_ARGUMENT_VALUE' | 'MESSAGE_TOO_LARGE'> {
  const fields = Object.entries(FIELDS[type]);
  const unknown = Object.keys(given.payload).find((name) => fields.every(([known]) => known !== name));
  if (unknown !== undefined)
    return bad(`payload holds ${JSON.stringify(unknown.slice(0, NAME_SHOWN_MAX))}, which no ${type} has.`);
  const payload: MessagePayload = {};
  for (const [name, { holds, optional }] of fields) {
    const value = optional ? (given.payload[name] ?? '') : given.payload[name];
    const refusal = refuseField(`payload.${name}`, value, holds);
    if (refusal !== undefined) return refusal;
    payload[name] = value;
  }
  const { cloudCustomData = '' } = given;
  const content = { payload, cloudCustomData };
  return refuseCharacters('cloudCustomData', cloudCustomData) ?? refuseSize(content) ?? content;
}

function refuseField(
  argument: string,
  value: unknown,
  holds: Field['holds'],
): Refusal<'BAD_ARGUMENT_VALUE'> | undefined {
  if (holds === 'integer')
    return Number.isSafeInteger(value) ? undefined : bad(`${argument} is not a safe integer.`);
  if (holds === 'number') return Number.isFinite(value) ? undefined : bad(`${argument} is not a number.`);
  if (typeof value !== 'string') return bad(`${argument} is not a string.`);
  if (holds === 'someText' && value === '') return bad(`${argument} is empty.`);
  return refuseCharacters(argument, value);
}

function refuseSize({ payload, cloudCustomData }: Content): Refusal<'MESSAGE_TOO_LARGE'> | undefined {
  // As JSON, without the quotation marks: what a text becomes there may be six times as long.
  const bytes = utf8Length(JSON.stringify(payload)) + utf8Length(JSON.stringify(cloudCustomData)) - 2;
  const most = limit('message_bytes_max');
  if (bytes <= most) return undefined;
  const message = `payload and cloudCustomData are ${bytes} bytes together; at most ${most} are allowed.`;
  return refuse('MESSAGE_TOO_LARGE', message);
}

/** Whom a message mentions, each once, or why it may not. Who is alone with the other mentions nobody. */
export function mentionedBy(
  conversationType: 'C2C' | 'GROUP',
  atUserList: readonly string[] = [],
): string[] | Refusal<'BAD_ARGUMENT_VALUE'> {
  const mentioned = [...new Set(atUserList)];
  if (mentioned.length > 0 && conversationType === 'C2C')
    return bad('atUserList mentions users: that is for messages to groups.');
  const most = limit('mentions_perMessage_max');
  if (mentioned.length > most)
    return bad(`atUserList mentions ${mentioned.length} users; at most ${most} are allowed.`);
  for (const userID of mentioned) {
    const fault = userID === AT_ALL ? undefined : userIDFault(userID);
    if (fault !== undefined) return bad(`A userID of atUserList ${fault}.`);
  }
  return mentioned;
}

function bad(message: string): Refusal<'BAD_ARGUMENT_VALUE'> {
  return refuse('BAD_ARGUMENT_VALUE', message);
}
