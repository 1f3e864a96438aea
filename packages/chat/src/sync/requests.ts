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
import { Operations } from './operations.ts';

export interface Question {
  command: CommandName;
  input: unknown;
  isWrite: boolean;
  operationID?: string | undefined;
  /** Runs as soon as the answer is read, before anything that came after it, also when the caller has left. */
  apply?: ((output: unknown) => void) | undefined;
}

interface Request extends Question {
  id: number;
  /** The input as it was when the call was made. */
  text: string;
  seq: number | undefined;
  /** Whether it ever left this device. */
  sent: boolean;
  /** Whether an asking of it may have been carried out without our knowing. */
  doubtful: boolean;
  /** The last answer, when that was "later". */
  refusal: WireError | undefined;
  retries: number;
  /** Whether the caller was told something already. */
  settled: boolean;
  clearDeadline: () => void;
  clearRetry: () => void;
  resolve(output: unknown): void;
  reject(error: ChatError): void;
}

const nothing = () => {};

export class Requests {
  #isOpen = false;
  #lastID = 0;
  readonly #all = new Map<number, Request>();
  readonly #waitingWrites = new Set<Request>();
  readonly #waitingReads = new Set<Request>();
  readonly #openReads = new Set<Request>();
  readonly #operations = new Operations<Request>();
  readonly #send: (text: string) => void;
  readonly #around: Surroundings;

  constructor(send: (text: string) => void, around: Surroundings) {
    this.#send = send;
    this.#around = around;
  }

  ask(question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(question.input);
      if (isTooLarge(text))
        throw chatError('REQUEST_TOO_LARGE', `${question.command}: the options are too large`);
      this.#lastID += 1;
      const request: Request = {
        ...question,
        text,
        resolve,
        reject,
        id: this.#lastID,
        seq: undefined,
        sent: false,
        doubtful: false,
        refusal: undefined,
        retries: 0,
        settled: false,
        clearDeadline: nothing,
        clearRetry: nothing,
      };
      this.#all.set(request.id, request);
      this.#setDeadline(request);
      (question.isWrite ? this.#waitingWrites : this.#waitingReads).add(request);
      this.#sendWaiting();
    });
  }

  /** The connection is there; `isSameDevice` says whether the server still knows what this device has asked. */
  resume(isSameDevice: boolean): void {
    this.#isOpen = true;
    if (!isSameDevice) this.#giveUpOperations();
    for (const request of this.#operations.unanswered()) this.#transmit(request);
    for (const request of this.#openReads) this.#transmit(request);
    this.#sendWaiting();
  }

  /** The connection is gone, or about to go. Answers that still come are welcome. */
  pause(): void {
    this.#isOpen = false;
    for (const request of [...this.#operations.unanswered(), ...this.#openReads]) {
      request.clearRetry();
      if (!request.refusal) request.doubtful = true;
    }
  }

  answer(frame: AnswerFrame | ErrorFrame): void {
    const request = this.#all.get(frame.id);
    if (!request) return;
    if ('error' in frame && frame.error.retryable) this.#askLater(request, frame.error);
    else this.#finish(request, frame);
  }

  #finish(request: Request, frame: AnswerFrame | ErrorFrame): void {
    if ('error' in frame) this.#settle(request, () => request.reject(new ChatError(frame.error)));
    else {
      request.apply?.(frame.output);
      this.#settle(request, () => request.resolve(frame.output));
    }
    this.#forget(request);
    this.#sendWaiting();
  }

  /** Ends everything: the login is over, and with it what was asked under it. */
  abandon(errorOf: (data: { sent: boolean }) => ChatError): void {
    for (const request of [...this.#all.values()]) {
      this.#settle(request, () => request.reject(errorOf({ sent: request.sent })));
      this.#forget(request);
    }
    this.#operations.restart();
    this.#isOpen = false;
  }

  /** A write that was refused for now goes out under a new number, before those that wait; of others nobody knows. */
  #giveUpOperations(): void {
    const waiting = [...this.#waitingWrites];
    this.#waitingWrites.clear();
    for (const request of this.#operations.unanswered()) {
      if (request.refusal && !request.doubtful) {
        request.clearRetry();
        request.seq = undefined;
        this.#waitingWrites.add(request);
        continue;
      }
      const message = `${request.command}: the server forgot this device, so whether the call counted is not known`;
      this.#settle(request, () => request.reject(chatError('OPERATION_CONFIRMED', message, { sent: true })));
      this.#forget(request);
    }
    for (const request of waiting) this.#waitingWrites.add(request);
    this.#operations.restart();
  }

  #sendWaiting(): void {
    if (!this.#isOpen) return;
    for (const request of this.#waitingWrites) {
      request.seq = this.#operations.begin(request);
      if (request.seq === undefined) break;
      this.#waitingWrites.delete(request);
      this.#transmit(request);
    }
    for (const request of this.#waitingReads) {
      if (this.#openReads.size >= OWN_LIMITS.readsInFlight_max) break;
      this.#waitingReads.delete(request);
      this.#openReads.add(request);
      this.#transmit(request);
    }
  }

  #transmit(request: Request): void {
    request.clearRetry();
    request.refusal = undefined;
    if (!request.sent) {
      request.sent = true;
      // From now on it is the answer that is waited for.
      this.#setDeadline(request);
    }
    this.#send(frameText(request, this.#operations.low));
  }

  /** "Later" is answered by asking again: with the same operation id, because a fault may hide a success. */
  #askLater(request: Request, refusal: WireError): void {
    request.refusal = refusal;
    if (refusal.name === 'INTERNAL') request.doubtful = true;
    const delay = Math.min(OWN_LIMITS.askAgain_ms * 2 ** request.retries, OWN_LIMITS.askAgain_ms_max);
    request.retries += 1;
    request.clearRetry();
    request.clearRetry = this.#around.after(delay * (0.5 + this.#around.random() / 2), () => {
      if (this.#isOpen) this.#transmit(request);
    });
  }

  #setDeadline(request: Request): void {
    request.clearDeadline();
    if (request.settled) return;
    request.clearDeadline = this.#around.after(LIMITS.callOffline_ms_max, () => this.#expire(request));
  }

  #expire(request: Request): void {
    const { refusal, sent } = request;
    const isKnown = refusal !== undefined && !(request.isWrite && request.doubtful);
    this.#settle(request, () => {
      const message = `${request.command}: ${sent ? 'no answer' : 'no connection'} within 15 s`;
      request.reject(isKnown ? new ChatError(refusal) : chatError('NO_CONNECTION', message, { sent }));
    });
    if (!sent || !request.isWrite || isKnown) this.#forget(request);
    this.#sendWaiting();
  }

  #settle(request: Request, tell: () => void): void {
    request.clearDeadline();
    if (request.settled) return;
    request.settled = true;
    tell();
  }

  #forget(request: Request): void {
    request.clearDeadline();
    request.clearRetry();
    this.#all.delete(request.id);
    this.#waitingWrites.delete(request);
    this.#waitingReads.delete(request);
    this.#openReads.delete(request);
    if (request.seq !== undefined) this.#operations.end(request.seq);
  }
}

/** A character is at most three bytes of UTF-8, so that most texts need not be measured. */
function isTooLarge(text: string): boolean {
  const room = LIMITS.frame_bytes_max - 1_024;
  return text.length > room / 3 && new TextEncoder().encode(text).length > room;
}

function frameText({ id, command, text, seq, operationID }: Request, low: number): string {
  const operation = seq === undefined ? '' : `,"operation":{"seq":${seq},"low":${low}}`;
  const own = operationID === undefined ? '' : `,"operationID":${JSON.stringify(operationID)}`;
  return `{"id":${id},"command":"${command}","input":${text}${operation}${own}}`;
}
