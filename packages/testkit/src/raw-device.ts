/**
 * A device without an SDK: it says exactly what a test tells it to say, and keeps all that it hears. For the
 * protocol's own tests, bad input and load.
 */
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type EventFrame,
  type LoginOutput,
  type OperationID,
  PROTOCOL_VERSION,
  type WireError,
} from '@muster/protocol';
import { WebSocket } from 'ws';

export type RawAnswer<Output = unknown> = { ok: true; output: Output } | { ok: false; error: WireError };

export interface RawRequest {
  operation?: OperationID;
  operationID?: string;
}

export interface RawLogin {
  SDKAppID: number;
  userID: string;
  userSig: string;
}

export class RawDevice {
  /** Every event frame so far, in the order of arrival. */
  readonly events: EventFrame[] = [];
  /** Resolves with the close code when the connection has ended. */
  readonly closed: Promise<number>;
  /** Whether marks are given back by themselves. */
  answersMarks = true;
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, (answer: RawAnswer) => void>();
  private readonly listeners = new Set<() => void>();
  private lastID = 0;
  private seq = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.receive(String(data)));
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    void this.closed.then(() => {
      for (const answer of this.waiting.values()) answer({ ok: false, error: CONNECTION_LOST });
      this.waiting.clear();
    });
  }

  static async connect(proxyServer: string): Promise<RawDevice> {
    const socket = new WebSocket(`${proxyServer}/ws`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new RawDevice(socket);
  }

  /** Sends a request and waits for its answer. Without an operation a write goes out with the next sequence. */
  request<Name extends CommandName>(
    command: Name,
    input: CommandInput<Name>,
    extra: RawRequest = {},
  ): Promise<RawAnswer<CommandOutput<Name>>> {
    this.lastID += 1;
    const id = this.lastID;
    const answer = new Promise<RawAnswer>((resolve) => this.waiting.set(id, resolve));
    this.send({ id, command, input, ...extra });
    return answer as Promise<RawAnswer<CommandOutput<Name>>>;
  }

  /** A write with the next sequence of this connection; what came before counts as confirmed. */
  write<Name extends CommandName>(
    command: Name,
    input: CommandInput<Name>,
  ): Promise<RawAnswer<CommandOutput<Name>>> {
    this.seq += 1;
    return this.request(command, input, { operation: { seq: this.seq, low: this.seq } });
  }

  async login(who: RawLogin, more: Partial<CommandInput<'login'>> = {}): Promise<LoginOutput> {
    const answer = await this.request('login', { protocol: PROTOCOL_VERSION, ...who, ...more });
    if (!answer.ok) throw new Error(`login: ${answer.error.name} ${answer.error.message}`);
    return answer.output;
  }

  /** Sends a frame, or any text or bytes as they are. */
  send(frame: object | string | Buffer): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** Resolves when the condition holds, looked at after everything that arrives. */
  async until(
    condition: (device: RawDevice) => boolean,
    what = 'what was waited for',
    ms = 5_000,
  ): Promise<void> {
    if (condition(this)) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms`)), ms);
      const look = (): void => {
        if (!condition(this)) return;
        clearTimeout(timer);
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
    });
  }

  /** Stops reading, as a device that hangs. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.close();
  }

  terminate(): void {
    this.socket.terminate();
  }

  private receive(text: string): void {
    const parsed = JSON.parse(text) as Record<string, unknown> | Record<string, unknown>[];
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) this.take(frame);
    for (const look of [...this.listeners]) look();
  }

  private take(frame: Record<string, unknown>): void {
    if (typeof frame.mark === 'number') {
      if (this.answersMarks) this.send({ mark: frame.mark });
      return;
    }
    if (typeof frame.id !== 'number') {
      if (frame.event !== undefined) this.events.push(frame as unknown as EventFrame);
      return;
    }
    const answer = this.waiting.get(frame.id);
    this.waiting.delete(frame.id);
    if ('error' in frame) answer?.({ ok: false, error: frame.error as WireError });
    else answer?.({ ok: true, output: frame.output });
  }
}

const CONNECTION_LOST: WireError = {
  code: 2801,
  name: 'NO_CONNECTION',
  message: 'the connection ended before the answer',
  retryable: true,
};
