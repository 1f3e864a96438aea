const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/**
 * A WebSocket message of text as a server sends it: final and not masked, head and text in one buffer. `ws` makes a
 * head anew for each receiver and hands it to the socket as a second piece; here a message that goes to a thousand
 * members is made once, and every message is one write.
 */
export function textMessage(data: string | Buffer): Buffer {
  const length = typeof data === 'string' ? Buffer.byteLength(data) : data.length;
  const start = length < LENGTH_16 ? 2 : length <= 0xffff ? 4 : 10;
  // Not out of Node's pool when it may be kept: a few bytes would keep the pool's 64 KiB alive.
  const message =
    typeof data === 'string' ? Buffer.allocUnsafe(start + length) : Buffer.allocUnsafeSlow(start + length);
  message[0] = FINAL_TEXT;
  if (start === 2) message[1] = length;
  else if (start === 4) {
    message[1] = LENGTH_16;
    message.writeUInt16BE(length, 2);
  } else {
    message[1] = LENGTH_64;
    message.writeBigUInt64BE(BigInt(length), 2);
  }
  if (typeof data === 'string') message.write(data, start);
  else data.copy(message, start);
  return message;
}

const shared = new WeakMap<Buffer, Buffer>();

/** The message of bytes that many receivers share, made once. */
export function sharedMessage(bytes: Buffer): Buffer {
  const known = shared.get(bytes);
  if (known) return known;
  const message = textMessage(bytes);
  shared.set(bytes, message);
  return message;
}
