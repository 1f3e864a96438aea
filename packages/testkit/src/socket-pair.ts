/**
 * Sockets without a network: whoever opens one holds one end, the test the other. What one end sends the other
 * gets, in order, in a later microtask, until an end closes or the test cuts the wire.
 */
export interface SocketEnd {
  send(text: string): void;
  close(code: number): void;
}

export interface SocketHandlers {
  onOpen(): void;
  onMessage(text: string): void;
  onClose(code: number): void;
}

/** The end that the test holds. */
export interface FarEnd {
  readonly url: string;
  /** Everything that came, as it came. */
  readonly received: string[];
  /** The code that the near end closed with, if it did. */
  readonly closedBy: number | undefined;
  isOpen(): boolean;
  send(text: string): void;
  close(code: number): void;
  /** Breaks the wire: nothing that is under way arrives, and the near end hears of a loss. */
  cut(): void;
  /** Loses everything from now on, both ways, and tells nobody: as a network does that went away. */
  swallow(): void;
}

export interface SocketSource {
  open(url: string, handlers: SocketHandlers): SocketEnd;
  /** All that were opened, oldest first. */
  readonly ends: FarEnd[];
  /** Whether new sockets fail to open. */
  refuses: boolean;
}

/** The code of a connection that was lost. */
const LOST = 1006;

/** `onFarMessage` hears what the near ends send. */
export function socketPairs(onFarMessage: (end: FarEnd, text: string) => void): SocketSource {
  const source: SocketSource = {
    ends: [],
    refuses: false,
    open(url, handlers) {
      const { near, far } = socketPair(url, handlers, onFarMessage, source.refuses);
      source.ends.push(far);
      return near;
    },
  };
  return source;
}

function socketPair(
  url: string,
  near: SocketHandlers,
  onFarMessage: (end: FarEnd, text: string) => void,
  refuses: boolean,
): { near: SocketEnd; far: FarEnd } {
  let isOpen = true;
  let isSwallowing = false;
  let closedBy: number | undefined;
  const received: string[] = [];
  const later = (run: () => void) => queueMicrotask(() => !isSwallowing && run());
  const end = (code: number) => {
    if (!isOpen) return;
    isOpen = false;
    later(() => near.onClose(code));
  };
  const far: FarEnd = {
    url,
    received,
    get closedBy() {
      return closedBy;
    },
    isOpen: () => isOpen,
    send: (text) => isOpen && later(() => near.onMessage(text)),
    close: end,
    cut: () => end(LOST),
    swallow() {
      isSwallowing = true;
    },
  };
  later(() => (refuses ? end(LOST) : near.onOpen()));
  return {
    far,
    near: {
      send(text) {
        if (!isOpen) return;
        later(() => {
          received.push(text);
          onFarMessage(far, text);
        });
      },
      close(code) {
        closedBy ??= code;
        end(code);
      },
    },
  };
}
