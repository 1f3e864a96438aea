/** A client of the foreign sockets that says exactly what a test tells it to say. */
import { type Body, checksumOf } from '@muster/tencent';

export interface WireFrame {
  head: { servcmd: string; seq: number };
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what bodies hold
  body: any;
}

export class WireClient {
  /** Everything that came and was no answer. */
  readonly pushes: WireFrame[] = [];
  readonly closed: Promise<number>;
  /** What proves the session, once there is one. */
  a2 = '';
  private readonly socket: WebSocket;
  private readonly isBinary: boolean;
  private readonly waiting = new Map<number, (frame: WireFrame) => void>();
  private seq = 100;

  private constructor(socket: WebSocket, isBinary: boolean) {
    this.socket = socket;
    this.isBinary = isBinary;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => this.take(data));
    this.closed = new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  }

  static async connect(proxyServer: string, path: '/binfo' | '/info' = '/binfo'): Promise<WireClient> {
    const socket = new WebSocket(`${proxyServer}${path}?sdkappid=1&instanceid=1`);
    const client = new WireClient(socket, path === '/binfo');
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return client;
  }

  /** Sends a request and gives the body of its answer. */
  async ask(servcmd: string, body: Body = {}, head: Body = {}): Promise<WireFrame['body']> {
    this.seq += 1;
    return this.again(servcmd, body, { seq: this.seq, ...head });
  }

  /** Sends a request under a number of its own. */
  async again(servcmd: string, body: Body, head: Body & { seq: number }): Promise<WireFrame['body']> {
    const proof = this.a2 === '' ? {} : { a2: this.a2 };
    const answer = this.answerTo(head.seq);
    this.send({ head: { servcmd, cs: checksumOf(body), ...proof, ...head }, body });
    return answer;
  }

  /** The body of the answer to a request that is sent under this number. */
  async answerTo(seq: number): Promise<WireFrame['body']> {
    return (await new Promise<WireFrame>((resolve) => this.waiting.set(seq, resolve))).body;
  }

  async login(identifier: string, usersig: string): Promise<WireFrame['body']> {
    const answer = await this.ask('im_open_status.wslogin', { State: 'Online' }, { identifier, usersig });
    this.a2 = answer.A2Key ?? '';
    return answer;
  }

  send(frame: unknown): void {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.socket.send(this.isBinary ? new TextEncoder().encode(text) : text);
  }

  /** Sends text where bytes are spoken. */
  sendText(text: string): void {
    this.socket.send(text);
  }

  close(): void {
    this.socket.close();
  }

  private take(data: string | ArrayBuffer): void {
    if ((typeof data === 'string') === this.isBinary) throw new Error('a frame of the other kind');
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    const frame = JSON.parse(text) as WireFrame;
    const answer = this.waiting.get(frame.head.seq);
    this.waiting.delete(frame.head.seq);
    if (answer) answer(frame);
    else this.pushes.push(frame);
  }
}
