/**
 * Requests from the call to its answer, over any number of connections.
 *
 * A request that has not left waits up to 15 s for a connection and is then dropped for good. One that has left and
 * has no answer is asked again after each reconnect: a read because asking is free, a write because it carries its
 * operation id, so that it counts once (DL3). A write whose caller was told 2801 goes on being asked until it is
 * answered: only so is it known whether it counts (DL7).
 */
import type { AnswerFrame, CommandName, ErrorFrame, WireError } from '@muster/protocol';
import { ChatError, chatError } from '../errors.ts';
import * as LIMITS from '../limits.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import { isWrite } from './calls.ts';
import { createOperations } from './operations.ts';

export interface Question {
  command: CommandName;
  input: unknown;
  operationID?: string | undefined;
  /** Runs as soon as the answer is read, before anything that came after it, also when the caller has left. */
  apply?: ((output: unknown) => void) | undefined;
}

/** Its input is as it was when the call was made. */
interface Request extends Question {
  isWrite: boolean;
  id: number;
  /** The number of the operation, from 1. */
  seq?: number | undefined;
  /** Whether it ever left this device. */
  sent: boolean;
  /** Whether an asking of it may have been carried out without our knowing. */
  doubtful?: true;
  /** The last answer, when that was "later". */
  refusal?: WireError | undefined;
  retries: number;
  /** Whether the caller was told something already. */
  settled?: true;
  clearDeadline: () => void;
  clearRetry: () => void;
  resolve(output: unknown): void;
  reject(error: ChatError): void;
}

const nothing = () => {};

export interface Requests {
  ask(question: Question): Promise<unknown>;
  /** The connection is there; `isSameDevice` says whether the server still knows what this device has asked. */
  resume(isSameDevice: boolean): void;
  /** The connection is gone, or about to go. Answers that still come are welcome. */
  pause(): void;
  answer(frame: AnswerFrame | ErrorFrame): void;
  /** Ends everything: the login is over, and with it what was asked under it. */
  abandon(errorOf: (data: { sent: boolean }) => ChatError): void;
}

export function createRequests(send: (text: string) => void, around: Surroundings): Requests {
  let isOpen = false;
  let lastID = 0;
  const all = new Map<number, Request>();
  const waitingWrites = new Set<Request>();
  const waitingReads = new Set<Request>();
  const openReads = new Set<Request>();
  const operations = createOperations<Request>();
  const unanswered = () => [...operations.unanswered(), ...openReads];

  const setDeadline = (request: Request) => {
    request.clearDeadline();
    if (!request.settled)
      request.clearDeadline = around.after(LIMITS.callOffline_ms_max, () => expire(request));
  };

  const settle = (request: Request, tell: () => void) => {
    request.clearDeadline();
    if (request.settled) return;
    request.settled = true;
    tell();
  };

  const forget = (request: Request) => {
    request.clearDeadline();
    request.clearRetry();
    all.delete(request.id);
    waitingWrites.delete(request);
    waitingReads.delete(request);
    openReads.delete(request);
    operations.end(request.seq);
  };

  const expire = (request: Request) => {
    const { refusal, sent, isWrite } = request;
    const isKnown = refusal && !(isWrite && request.doubtful);
    settle(request, () => {
      const message = `${request.command}: no ${sent ? 'answer' : 'connection'} within 15 s`;
      request.reject(isKnown ? new ChatError(refusal) : chatError('NO_CONNECTION', message, { sent }));
    });
    if (!sent || !isWrite || isKnown) forget(request);
    sendWaiting();
  };

  const transmit = (request: Request) => {
    request.clearRetry();
    request.refusal = undefined;
    if (!request.sent) {
      request.sent = true;
      // From now on it is the answer that is waited for.
      setDeadline(request);
    }
    send(frameText(request, operations.low()));
  };

  const sendWaiting = () => {
    if (!isOpen) return;
    for (const request of waitingWrites) {
      request.seq = operations.begin(request);
      if (!request.seq) break;
      waitingWrites.delete(request);
      transmit(request);
    }
    for (const request of waitingReads) {
      if (openReads.size >= OWN_LIMITS.readsInFlight_max) break;
      waitingReads.delete(request);
      openReads.add(request);
      transmit(request);
    }
  };

  /** "Later" is answered by asking again: with the same operation id, because a fault may hide a success. */
  const askLater = (request: Request, refusal: WireError) => {
    request.refusal = refusal;
    if (refusal.name === 'INTERNAL') request.doubtful = true;
    const delay = Math.min(OWN_LIMITS.askAgain_ms * 2 ** request.retries++, OWN_LIMITS.askAgain_ms_max);
    request.clearRetry();
    request.clearRetry = around.after(delay * (0.5 + around.random() / 2), () => {
      if (isOpen) transmit(request);
    });
  };

  /** A write that was refused for now goes out under a new number, before those that wait; of others nobody knows. */
  const giveUpOperations = () => {
    const waiting = [...waitingWrites];
    waitingWrites.clear();
    for (const request of operations.unanswered()) {
      if (request.refusal && !request.doubtful) {
        request.clearRetry();
        request.seq = undefined;
        waitingWrites.add(request);
        continue;
      }
      const message = `${request.command}: the server forgot this device, whether it counted is not known`;
      settle(request, () => request.reject(chatError('OPERATION_CONFIRMED', message, { sent: true })));
      forget(request);
    }
    for (const request of waiting) waitingWrites.add(request);
    operations.restart();
  };

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const text = JSON.stringify(question.input);
        if (bytesOf(text) > LIMITS.frame_bytes_max - 1_024)
          throw chatError('REQUEST_TOO_LARGE', `${question.command}: the options are too large`);
        lastID += 1;
        const request: Request = {
          ...question,
          isWrite: isWrite(question.command),
          input: JSON.parse(text),
          resolve,
          reject,
          id: lastID,
          sent: false,
          retries: 0,
          clearDeadline: nothing,
          clearRetry: nothing,
        };
        all.set(lastID, request);
        setDeadline(request);
        (request.isWrite ? waitingWrites : waitingReads).add(request);
        sendWaiting();
      }),
    resume(isSameDevice) {
      isOpen = true;
      if (!isSameDevice) giveUpOperations();
      unanswered().forEach(transmit);
      sendWaiting();
    },
    pause() {
      isOpen = false;
      for (const request of unanswered()) {
        request.clearRetry();
        if (!request.refusal) request.doubtful = true;
      }
    },
    answer(frame) {
      const request = all.get(frame.id);
      if (!request) return;
      if ('error' in frame) {
        const { error } = frame;
        if (error.retryable) {
          askLater(request, error);
          return;
        }
        settle(request, () => request.reject(new ChatError(error)));
      } else {
        request.apply?.(frame.output);
        settle(request, () => request.resolve(frame.output));
      }
      forget(request);
      sendWaiting();
    },
    abandon(errorOf) {
      for (const request of all.values()) {
        settle(request, () => request.reject(errorOf({ sent: request.sent })));
        forget(request);
      }
      operations.restart();
      isOpen = false;
    },
  };
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

function frameText({ id, command, input, seq, operationID }: Request, low: number): string {
  return JSON.stringify({ id, command, input, operation: seq && { seq, low }, operationID });
}
