/**
 * userSigs: TLSSigAPIv2, HMAC-SHA256 over the fields of a JSON object that is deflated and spelled in a base64 of
 * its own alphabet (US2).
 *
 * Anyone may send anything as a userSig, so that reading one is total and bounded: its length, its inflated size
 * and the form of every field are checked before anything is computed from them. Only one spelling of the bytes
 * is taken, and nothing may follow the deflated object.
 *
 * The checks come in this order: form (70003), app (70014), user (70013), key (70009), expiry (70001). App and user
 * stand readable in the sig and are compared with what its sender named himself, so that their refusals tell him
 * nothing; whether a sig has expired is told only to him who holds one that was signed with the key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { LIMITS, userIDFault } from '@muster/protocol';

export interface UserSigToSign {
  SDKAppID: number;
  secretKey: string;
  userID: string;
  expireSeconds: number;
  /** Milliseconds since 1970. */
  now: number;
  /** Bytes of the app's own that are signed with the rest. */
  userbuf?: Uint8Array | undefined;
}

export interface UserSigExpectation {
  SDKAppID: number;
  secretKey: string;
  userID: string;
  /** Milliseconds since 1970. */
  now: number;
}

export type UserSigError =
  | 'USERSIG_MALFORMED'
  | 'USERSIG_OTHER_APP'
  | 'USERSIG_OTHER_USER'
  | 'USERSIG_WRONG_KEY'
  | 'USERSIG_EXPIRED';

export type UserSigVerdict =
  /** Both times are milliseconds since 1970; a userSig tells them in whole seconds. */
  | { ok: true; issuedAt: number; expiresAt: number; userbuf?: Uint8Array }
  | { ok: false; error: UserSigError };

/** The signed fields. `userbuf` stays in base64, as it is signed. */
interface Claims {
  userID: string;
  SDKAppID: number;
  time: number;
  expire: number;
  userbuf: string | undefined;
}

const VERSION = '2.0';

export function signUserSig(wanted: UserSigToSign): string {
  const claims: Claims = {
    userID: wanted.userID,
    SDKAppID: wanted.SDKAppID,
    time: Math.floor(wanted.now / 1_000),
    expire: wanted.expireSeconds,
    userbuf: wanted.userbuf === undefined ? undefined : Buffer.from(wanted.userbuf).toString('base64'),
  };
  const fields = {
    'TLS.ver': VERSION,
    'TLS.identifier': claims.userID,
    'TLS.sdkappid': claims.SDKAppID,
    'TLS.time': claims.time,
    'TLS.expire': claims.expire,
    ...(claims.userbuf === undefined ? {} : { 'TLS.userbuf': claims.userbuf }),
    'TLS.sig': macOf(claims, wanted.secretKey),
  };
  return spell(deflateSync(JSON.stringify(fields)));
}

export function verifyUserSig(sig: string, expected: UserSigExpectation): UserSigVerdict {
  const read = readUserSig(sig);
  if (read === undefined) return { ok: false, error: 'USERSIG_MALFORMED' };
  const { claims, mac } = read;
  if (claims.SDKAppID !== expected.SDKAppID) return { ok: false, error: 'USERSIG_OTHER_APP' };
  if (claims.userID !== expected.userID) return { ok: false, error: 'USERSIG_OTHER_USER' };
  if (!equalInConstantTime(mac, macOf(claims, expected.secretKey)))
    return { ok: false, error: 'USERSIG_WRONG_KEY' };
  const issuedAt = claims.time * 1_000;
  const expiresAt = issuedAt + claims.expire * 1_000;
  if (expected.now > expiresAt) return { ok: false, error: 'USERSIG_EXPIRED' };
  if (claims.userbuf === undefined) return { ok: true, issuedAt, expiresAt };
  return { ok: true, issuedAt, expiresAt, userbuf: new Uint8Array(Buffer.from(claims.userbuf, 'base64')) };
}

/** The user that a userSig names. Nothing is verified: it only says as whom its bearer wants to be checked. */
export function userIDOf(sig: string): string | undefined {
  return readUserSig(sig)?.claims.userID;
}

function readUserSig(sig: string): { claims: Claims; mac: string } | undefined {
  const fields = inflatedObject(sig);
  if (fields === undefined || fields['TLS.ver'] !== VERSION) return undefined;
  const userID = fields['TLS.identifier'];
  const SDKAppID = fields['TLS.sdkappid'];
  const time = fields['TLS.time'];
  const expire = fields['TLS.expire'];
  const userbuf = fields['TLS.userbuf'];
  const mac = fields['TLS.sig'];
  // A userID with a line break would let one signature stand for another choice of fields.
  if (typeof userID !== 'string' || userIDFault(userID) !== undefined) return undefined;
  if (!isSeconds(SDKAppID) || !isSeconds(time) || !isSeconds(expire) || typeof mac !== 'string')
    return undefined;
  if (userbuf !== undefined && (typeof userbuf !== 'string' || !isBase64(userbuf))) return undefined;
  return { claims: { userID, SDKAppID, time, expire, userbuf }, mac };
}

/** The JSON object inside a userSig, or undefined for whatever is none. */
function inflatedObject(sig: string): Record<string, unknown> | undefined {
  if (sig.length > LIMITS.userSig_bytes_max.value) return undefined;
  const base64 = sig.replace(/[*\-_]/g, (sign) => (sign === '*' ? '+' : sign === '-' ? '/' : '='));
  if (sig.length === 0 || /[+/=]/.test(sig) || !isBase64(base64)) return undefined;
  const deflated = Buffer.from(base64, 'base64');
  try {
    const inflated = inflateSync(deflated, {
      maxOutputLength: LIMITS.userSigInflated_bytes_max.value,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (inflated.engine.bytesWritten !== deflated.length) return undefined;
    const fields: unknown = JSON.parse(inflated.buffer.toString());
    return typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : undefined;
  } catch {
    // Neither a deflated text nor JSON: what was wrong inside is of no use to whoever sent it.
    return undefined;
  }
}

function macOf(claims: Claims, secretKey: string): string {
  const lines = [
    `TLS.identifier:${claims.userID}\n`,
    `TLS.sdkappid:${claims.SDKAppID}\n`,
    `TLS.time:${claims.time}\n`,
    `TLS.expire:${claims.expire}\n`,
  ];
  if (claims.userbuf !== undefined) lines.push(`TLS.userbuf:${claims.userbuf}\n`);
  return createHmac('sha256', secretKey).update(lines.join('')).digest('base64');
}

function equalInConstantTime(given: string, computed: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(computed);
  return left.length === right.length && timingSafeEqual(left, right);
}

function spell(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_');
}

/** Whether a text is the one base64 spelling of its bytes. */
function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** Numbers that stay exact when they are turned into milliseconds. */
function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= LIMITS.userSigNumber_max.value;
}
