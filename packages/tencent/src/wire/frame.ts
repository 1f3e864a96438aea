/**
 * The frames of the original SDK's sockets: one JSON object `{head, body}` each, binary on `/binfo`, text on `/info`.
 * Reading is total over all bytes; a request that can be matched is answered, whatever else is wrong with it.
 */
import { crc32 } from 'node:zlib';
import type { WireError } from '@muster/protocol';

export type Body = Record<string, unknown>;

/** What the server reads of a head. `a2` proves the session after the login, `identifier` and `usersig` before it. */
export interface WireHead {
  /** `<service>.<command>`. */
  servcmd: string;
  /** Told apart within a session; a frame that is sent again has the same (DL2). */
  seq: number;
  a2: string;
  identifier: string;
  usersig: string;
}

export interface WireRequest {
  head: WireHead;
  body: Body;
  /** What is wrong with it, when it can only be refused. */
  fault: string | undefined;
}

/** The request of a frame; undefined when nobody could be answered. */
export function readWireRequest(text: string): WireRequest | undefined {
  const frame = parsedObject(text);
  if (!frame || !isBody(frame.head)) return undefined;
  const { servcmd, seq, cs } = frame.head;
  if (typeof servcmd !== 'string' || servcmd.length > SERVCMD_LENGTH_MAX) return undefined;
  if (!Number.isSafeInteger(seq) || (seq as number) < 0) return undefined;
  const head = {
    servcmd,
    seq: seq as number,
    a2: textOf(frame.head.a2),
    identifier: textOf(frame.head.identifier),
    usersig: textOf(frame.head.usersig),
  };
  if (!isBody(frame.body)) return { head, body: {}, fault: 'The body is no JSON object.' };
  if (isDeep(frame.body)) return { head, body: {}, fault: 'The body is nested too deeply.' };
  return { head, body: frame.body, fault: checksumFault(frame.body, cs) };
}

const SERVCMD_LENGTH_MAX = 128;
const NESTING_MAX = 32;

/** Whether something is nested so deeply that nobody means it: writing it as JSON could overflow the stack. */
export function isDeep(value: unknown, levels = NESTING_MAX): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1));
}

function parsedObject(text: string): Body | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isBody(parsed) ? parsed : undefined;
  } catch {
    // Not JSON: there is nothing that an answer could be matched with.
    return undefined;
  }
}

/** CRC-32 of the body's JSON as UTF-8, unsigned. A client that sends 0 or none asks for no check. */
export function checksumOf(body: Body): number {
  return crc32(JSON.stringify(body));
}

function checksumFault(body: Body, cs: unknown): string | undefined {
  if (cs === undefined || cs === 0 || cs === checksumOf(body)) return undefined;
  return 'The checksum in the head is not that of the body.';
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The frame that answers a request: the client finds what it belongs to by `servcmd` and `seq`. */
export function answerText({ servcmd, seq }: Pick<WireHead, 'servcmd' | 'seq'>, body: Body): string {
  return JSON.stringify({
    head: { servcmd, seq },
    body: { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ...body },
  });
}

/** A frame that nobody asked for. */
export function pushText(servcmd: string, body: Body): string {
  return JSON.stringify({ head: { servcmd, seq: 0 }, body });
}

/** The mark that a client gives back; no number when it is none of ours. */
export function markOf({ SessionData }: Body): number {
  return typeof SessionData === 'string' ? Number(SessionData) : Number.NaN;
}

/** The codes of this API where ours are those of an SDK. */
const CODES: Partial<Record<WireError['name'], number>> = { INVALID_ARGUMENT: 10_004 };

/** The body that refuses a request. */
export function errorBody({ code, name, message }: WireError): Body {
  return { ActionStatus: 'FAIL', ErrorCode: CODES[name] ?? code, ErrorInfo: message };
}
