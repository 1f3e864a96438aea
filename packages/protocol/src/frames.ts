/**
 * The frames of our WebSocket door. A message is UTF-8 JSON text: one frame, or an array of frames that were
 * waiting together. Both sides take both forms.
 */
import type { WireError } from './errors.ts';
import type { EventFrame } from './event-forms.ts';

/** The operation id of a write (DL2): its sequence, and the lowest sequence whose answer the device still lacks. */
export interface OperationID {
  seq: number;
  low: number;
}

/** Asks for a command. `id` is chosen by the device and comes back in the answer. */
export interface RequestFrame {
  id: number;
  command: string;
  input: unknown;
  operation?: OperationID;
  /** The app's own id for this write (DL2), 1 to 64 bytes. */
  operationID?: string;
}

/** Gives a mark back: everything before it was read (DL6). */
export interface MarkFrame {
  mark: number;
}

/** Asks for a sign of life, and is it: the other side sends the same number back as `pong`. */
export interface PingFrame {
  ping: number;
}
export interface PongFrame {
  pong: number;
}

export type ClientFrame = RequestFrame | MarkFrame | PingFrame;

export interface AnswerFrame {
  id: number;
  output: unknown;
}
export interface ErrorFrame {
  id: number;
  error: WireError;
}

export type ServerFrame = AnswerFrame | ErrorFrame | EventFrame | MarkFrame | PongFrame;

/** Why a connection is closed. From 4000 to 4499 the SDK connects again; from 4500 on it does not. */
export const CLOSE_CODES = {
  stopping: { code: 4000, doc: 'The server is stopping.' },
  tooSlow: { code: 4001, doc: 'The device did not read what was sent to it (DL6).' },
  replaced: { code: 4002, doc: 'The same device has a newer connection.' },
  malformed: { code: 4003, doc: 'A frame was not understood and belonged to no request (SE2).' },
  tooLarge: { code: 4004, doc: 'A frame was larger than the limit (SE1).' },
  noLogin: { code: 4005, doc: 'The connection did not log in in time (SE1).' },
  kickedOut: { code: 4500, doc: 'The login has ended; a kickedOut event came before.' },
  loggedOut: { code: 4501, doc: 'The device has logged out.' },
} as const;

export type CloseReason = keyof typeof CLOSE_CODES;
