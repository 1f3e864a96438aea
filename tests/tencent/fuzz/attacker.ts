/** Somebody who sends whatever, and what he must get for it. */
import { type Body, checksumOf } from '@muster/tencent';
import { WebSocket } from 'ws';
import type { Sent } from './mutations.ts';

export interface WireAnswer {
  head: { servcmd: string; seq: number };
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what bodies hold
  body: any;
}

const SERVCMD_LENGTH_MAX = 128;
const PUSHES = new Set([
  'im_open_push.msg_push',
  'im_open_status.stat_forceoffline',
  'im_sdk_config_mgr.push_configv2',
]);
const MARK_ANSWER = 'openim.ws_msg_push_ack';

/** What a frame asks, as far as anybody could answer it. */
export function askedBy({ bytes, isBinary }: Sent, speaksBinary: boolean): WireAnswer['head'] | undefined {
  if (isBinary !== speaksBinary) return undefined;
  try {
    const { head } = JSON.parse(bytes.toString());
    const { servcmd, seq } = head;
    const isRequest =
      typeof servcmd === 'string' &&
      servcmd.length <= SERVCMD_LENGTH_MAX &&
      Number.isSafeInteger(seq) &&
      seq >= 0;
    return isRequest && !Array.isArray(head) ? { servcmd, seq } : undefined;
  } catch {
    // No JSON, or no head in it.
    return undefined;
  }
}

/** Whether an answer is expected. */
export const isAnswered = ({ servcmd }: WireAnswer['head']): boolean => servcmd !== MARK_ANSWER;

export const frameOf = (head: Body, body: Body, isBinary: boolean): Sent => ({
  bytes: Buffer.from(JSON.stringify({ head: { cs: checksumOf(body), ...head }, body })),
  isBinary,
});

/** One connection, with everything that was answered on it. */
export class RawConnection {
  readonly answers: WireAnswer[] = [];
  closedWith: number | undefined;
  private readonly socket: WebSocket;
  private readonly isBinary: boolean;
  private wake: () => void = () => undefined;

  private constructor(socket: WebSocket, isBinary: boolean) {
    this.socket = socket;
    this.isBinary = isBinary;
    socket.on('message', (data: Buffer) => this.take(JSON.parse(data.toString())));
    socket.on('close', (code) => {
      this.closedWith = code;
      this.wake();
    });
    socket.on('error', () => undefined);
  }

  static async open(proxyServer: string, isBinary: boolean): Promise<RawConnection> {
    const socket = new WebSocket(`${proxyServer}/${isBinary ? 'binfo' : 'info'}?sdkappid=1`);
    const connection = new RawConnection(socket, isBinary);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return connection;
  }

  send({ bytes, isBinary }: Sent): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes, { binary: isBinary });
  }

  /** Resolves when so many answers have come, or the connection is closed. */
  async hasHeard(count: number, patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (this.answers.length < count && this.closedWith === undefined) {
      if (Date.now() > deadline) throw new Error(`${this.answers.length} of ${count} answers came`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, 100);
      });
    }
  }

  async ask(head: Body & { seq: number }, body: Body, patienceMs: number): Promise<WireAnswer['body']> {
    const before = this.answers.length;
    this.send(frameOf(head, body, this.isBinary));
    await this.hasHeard(before + 1, patienceMs);
    return this.answers.findLast((answer) => answer.head.seq === head.seq)?.body;
  }

  close(): void {
    this.socket.terminate();
  }

  private take(frame: WireAnswer): void {
    if (PUSHES.has(frame.head.servcmd)) {
      const { NeedAck, SessionData } = frame.body;
      if (NeedAck === 1) this.send(frameOf({ servcmd: MARK_ANSWER, seq: 1 }, { SessionData }, this.isBinary));
      return;
    }
    this.answers.push(frame);
    this.wake();
  }
}
