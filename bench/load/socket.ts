/**
 * The least WebSocket client that is one, on a TCP connection: text both ways, in frames of text or of bytes, pongs,
 * closing. A load generator shares a small machine with what it measures, so it must cost little. It reads no
 * fragments, because our servers send none, and keeps one mask for a connection, because nothing here guards against a
 * hostile proxy.
 */
import { randomBytes } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';

const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK_BYTES = 4;
const HEAD_END = '\r\n\r\n';

export class LoadSocket {
  /** Takes the text of every message. */
  onText: (text: string) => void = () => undefined;
  /** The code the server closed with; undefined while open, 1006 when the connection broke. */
  closeCode: number | undefined;
  private readonly socket: Socket;
  /** What its frames of data are. */
  private readonly opcode: number;
  private readonly mask = randomBytes(MASK_BYTES);
  private rest: Buffer | undefined;

  private constructor(socket: Socket, opcode: number) {
    this.socket = socket;
    this.opcode = opcode;
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.closeCode ??= 1006;
    });
  }

  /** Opens `ws://host:port/path`. */
  static async open(url: string, kind: 'text' | 'binary' = 'text'): Promise<LoadSocket> {
    const { hostname, port, pathname, search } = new URL(url);
    const socket = createConnection({ host: hostname, port: Number(port), noDelay: true });
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
        `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13${HEAD_END}`,
    );
    const early = await upgraded(socket);
    const opened = new LoadSocket(socket, kind === 'text' ? TEXT : BINARY);
    if (early.length > 0) opened.receive(early);
    return opened;
  }

  /** Sends messages, all of them in one write. */
  send(texts: readonly string[]): void {
    if (texts.length > 1) this.socket.cork();
    for (const text of texts) this.write(this.opcode, text, Buffer.byteLength(text));
    if (texts.length > 1) this.socket.uncork();
  }

  /** Stops reading, as a device that hangs. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.destroy();
  }

  private write(opcode: number, payload: string, length: number): void {
    if (this.socket.destroyed) return;
    const extended = length < LENGTH_16 ? 0 : length <= 0xffff ? 2 : 8;
    const frame = Buffer.allocUnsafe(2 + extended + MASK_BYTES + length);
    frame[0] = FINAL | opcode;
    frame[1] = MASKED | (extended === 0 ? length : extended === 2 ? LENGTH_16 : LENGTH_64);
    if (extended === 2) frame.writeUInt16BE(length, 2);
    if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
    const start = 2 + extended + MASK_BYTES;
    this.mask.copy(frame, start - MASK_BYTES);
    frame.write(payload, start);
    const { mask } = this;
    for (let index = 0; index < length; index += 1) {
      const at = start + index;
      frame[at] = (frame[at] ?? 0) ^ (mask[index & 3] ?? 0);
    }
    this.socket.write(frame);
  }

  private receive(bytes: Buffer): void {
    let data = bytes;
    if (this.rest) {
      data = Buffer.concat([this.rest, bytes]);
      this.rest = undefined;
    }
    let at = 0;
    while (at < data.length) {
      const end = this.takeFrame(data, at);
      if (end === undefined) {
        // A copy, so that a few waiting bytes do not keep the whole read alive.
        this.rest = Buffer.from(data.subarray(at));
        return;
      }
      at = end;
    }
  }

  /** Where the frame that begins at `at` ends; undefined while it is not complete. */
  private takeFrame(data: Buffer, at: number): number | undefined {
    if (data.length - at < 2) return undefined;
    let length = data.readUInt8(at + 1);
    let start = at + 2;
    if (length === LENGTH_16) {
      if (data.length - at < 4) return undefined;
      length = data.readUInt16BE(at + 2);
      start = at + 4;
    } else if (length === LENGTH_64) {
      if (data.length - at < 10) return undefined;
      length = Number(data.readBigUInt64BE(at + 2));
      start = at + 10;
    }
    const end = start + length;
    if (end > data.length) return undefined;
    this.take(data.readUInt8(at), data, start, end);
    return end;
  }

  private take(head: number, data: Buffer, start: number, end: number): void {
    switch (head) {
      case FINAL | this.opcode:
        this.onText(data.toString('utf8', start, end));
        return;
      case FINAL | PING:
        this.write(PONG, data.toString('latin1', start, end), end - start);
        return;
      case FINAL | CLOSE:
        this.closeCode = end - start < 2 ? 1005 : data.readUInt16BE(start);
        this.socket.end();
        return;
      case FINAL | PONG:
        return;
      default:
        throw new Error(`The server sent a frame that this client does not read: ${head}.`);
    }
  }
}

/** Waits for the answer to the upgrade, and gives what came after it in the same read. */
function upgraded(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const fail = (): void => reject(new Error('The connection ended before it was upgraded.'));
    const read = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(HEAD_END);
      if (end === -1) return;
      socket.off('data', read).off('error', fail).off('close', fail);
      const status = head.toString('latin1', 0, head.indexOf('\r\n'));
      if (status.includes(' 101 ')) resolve(head.subarray(end + HEAD_END.length));
      else reject(new Error(`The server refused the upgrade: ${status}`));
    };
    socket.on('data', read).on('error', fail).on('close', fail);
  });
}
