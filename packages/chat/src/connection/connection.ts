/** Runs the state machine over a socket: one at a time, each with its own listener, so that an old one is mute. */
import type { ClientFrame, ServerFrame } from '@muster/protocol';
import type { Log } from '../log.ts';
import type { Socket, Surroundings } from '../surroundings.ts';
import { type ConnectionEvent, type ConnectionState, type NetState, transition } from './transition.ts';

/** What the connection asks of the rest of the SDK: some effects by their names, and what came in. */
export interface ConnectionListener {
  /** The socket is open: send the login. */
  login(): void;
  resume(): void;
  pause(): void;
  /** The server ended the login by closing the connection. */
  ended(): void;
  onNetState(state: NetState): void;
  onFrame(frame: ServerFrame): void;
  /** All frames of a message were given to `onFrame`. */
  onMessageEnd(): void;
}

export interface Connection {
  /** Whether answers and events come in and requests may go out. */
  isOnline(): boolean;
  dispatch(event: ConnectionEvent): void;
  /** Sends with what else is sent in this turn, as one message. `frame` is JSON. */
  send(frame: string): void;
}

const NORMAL_CLOSE = 1000;
const NEVER_OPENED = 1006;
/** A message stays well below the limit of a frame, also when its characters take several bytes. */
const MESSAGE_CHARACTERS_MAX = 60_000;

export function createConnection(
  url: string,
  listener: ConnectionListener,
  around: Surroundings,
  log: Log,
): Connection {
  let state: ConnectionState = { name: 'idle', attempt: 0 };
  let socket: Socket | undefined;
  let clearTimer = () => {};
  let lastHeard = 0;
  /** Those of one turn leave together: a message costs the server far more than a frame does. */
  let frames: string[] = [];
  let characters = 0;

  const forgetFrames = () => {
    frames = [];
    characters = 0;
  };
  const flush = () => {
    if (frames.length > 0) socket?.send(`[${frames}]`);
    forgetFrames();
  };
  const send = (frame: string) => {
    if (characters + frame.length > MESSAGE_CHARACTERS_MAX) flush();
    if (frames.length === 0) around.soon(flush);
    frames.push(frame);
    characters += frame.length;
  };
  const sendFrame = (frame: ClientFrame) => send(JSON.stringify(frame));

  const read = (text: string) => {
    const current = socket;
    lastHeard = around.now();
    dispatch({ name: 'heard' });
    try {
      for (const frame of [JSON.parse(text)].flat()) {
        // A frame may end the connection it came by: nothing that follows it counts.
        if (socket !== current) break;
        take(frame);
      }
    } catch (error) {
      log.error('the server sent something that was not understood', error);
      dispatch({ name: 'broken' });
    }
    listener.onMessageEnd();
  };
  const take = (frame: ServerFrame) => {
    if ('mark' in frame) sendFrame({ mark: frame.mark });
    else if ('event' in frame && frame.event === 'goodbye')
      dispatch({ name: 'goodbye', withinMs: frame.withinMs });
    else if (!('pong' in frame)) listener.onFrame(frame);
  };

  const effects = {
    ...listener,
    open() {
      let opened: Socket | undefined;
      const ifCurrent = (run: () => void) => {
        if (socket === opened) run();
      };
      try {
        opened = around.openSocket(url, {
          onOpen: () => ifCurrent(() => dispatch({ name: 'opened' })),
          onMessage: (text) => ifCurrent(() => read(text)),
          onClose: (code) =>
            ifCurrent(() => {
              socket = undefined;
              dispatch({ name: 'closed', code });
            }),
        });
        socket = opened;
      } catch (error) {
        log.error('the socket could not be made', error);
        around.soon(() => dispatch({ name: 'closed', code: NEVER_OPENED }));
      }
    },
    close() {
      // What was said before, such as a logout, still goes out.
      flush();
      const closing = socket;
      socket = undefined;
      closing?.close(NORMAL_CLOSE);
    },
    ping: () => sendFrame({ ping: around.now() }),
  };

  const dispatch = (event: ConnectionEvent) => {
    const before = state;
    const next = transition(before, event);
    state = next.state;
    if (state !== before) clearTimer();
    for (const effect of next.effects) {
      if (typeof effect === 'string') effects[effect]();
      else if ('tell' in effect) listener.onNetState(effect.tell);
      else {
        const { timer, jitter } = effect;
        clearTimer = around.after(jitter ? timer * around.random() : timer, () =>
          dispatch({ name: 'timer', quietMs: around.now() - lastHeard }),
        );
      }
    }
  };

  return { isOnline: () => /^(online|probing)$/.test(state.name), dispatch, send };
}
