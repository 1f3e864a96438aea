/**
 * What the SDK has around it: sockets, time, dice and the network's state. Everything that is not a function of its
 * arguments comes from here, so that a test can put a virtual clock and a socket pair in its place.
 */

/** What a socket tells. After `onClose` it tells nothing more. */
export interface SocketListener {
  onOpen(): void;
  onMessage(text: string): void;
  onClose(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(code: number): void;
}

export interface Surroundings {
  openSocket(url: string, listener: SocketListener): Socket;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to but not 1. */
  random(): number;
  /** Runs once after the delay; the answer, called, prevents it. */
  after(delayMs: number, run: () => void): () => void;
  /** Runs when what runs now has ended, before anything else. */
  soon(run: () => void): void;
  /** Calls when the browser says that its network came or went; the answer ends it. Elsewhere it never calls. */
  watchNetwork(changed: () => void): () => void;
}

/** The code for a connection that broke without saying why. */
const ABNORMAL = 1006;

function openSocket(url: string, listener: SocketListener): Socket {
  const socket = new WebSocket(url);
  socket.onopen = () => listener.onOpen();
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') listener.onMessage(data);
  };
  // An error is always followed by a close, which says more.
  socket.onclose = ({ code }) => listener.onClose(code || ABNORMAL);
  return { send: (text) => socket.send(text), close: (code) => socket.close(code) };
}

function watchNetwork(changed: () => void): () => void {
  const page: Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>> = globalThis;
  const names = ['online', 'offline'];
  for (const name of names) page.addEventListener?.(name, changed);
  return () => {
    for (const name of names) page.removeEventListener?.(name, changed);
  };
}

/** A browser, or Node from 22 on: both bring WebSocket themselves. */
export const realSurroundings: Surroundings = {
  openSocket,
  now: () => Date.now(),
  random: () => Math.random(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  soon: (run) => queueMicrotask(run),
  watchNetwork,
};
