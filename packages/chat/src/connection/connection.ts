/** Runs the state machine over a socket: one at a time, each with its own listener, so that an old one is mute. */
import type { ClientFrame, ServerFrame } from '@muster/protocol';
import type { Log } from '../log.ts';
import type { Socket, Surroundings } from '../surroundings.ts';
import { Outgoing } from './outgoing.ts';
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type NetState,
  transition,
} from './transition.ts';

/** What the connection asks of the rest of the SDK. */
export interface ConnectionListener {
  /** The socket is open: send the login. */
  onLoginDue(): void;
  onResume(): void;
  onPause(): void;
  onNetState(state: NetState): void;
  onFrame(frame: ServerFrame): void;
  /** All frames of a message were given to `onFrame`. */
  onMessageEnd(): void;
  /** The server ended the login by closing the connection. */
  onEnded(): void;
}

const NORMAL_CLOSE = 1000;
const NEVER_OPENED = 1006;

export class Connection {
  #state: ConnectionState = { name: 'idle' };
  #socket: Socket | undefined;
  #clearTimer = () => {};
  #lastHeard = 0;
  readonly #outgoing: Outgoing;
  readonly #url: string;
  readonly #listener: ConnectionListener;
  readonly #around: Surroundings;
  readonly #log: Log;

  constructor(url: string, listener: ConnectionListener, around: Surroundings, log: Log) {
    this.#url = url;
    this.#listener = listener;
    this.#around = around;
    this.#log = log;
    this.#outgoing = new Outgoing((text) => this.#socket?.send(text), around.soon);
  }

  /** Whether answers and events come in and requests may go out. */
  get isOnline(): boolean {
    return this.#state.name === 'online' || this.#state.name === 'probing';
  }

  dispatch(event: ConnectionEvent): void {
    const { state, effects } = transition(this.#state, event);
    if (state !== this.#state)
      this.#log.debug(`connection: ${this.#state.name} -> ${state.name} (${event.name})`);
    this.#state = state;
    for (const effect of effects) this.#run(effect);
  }

  /** Sends with what else is sent in this turn, as one message. `text` is the frame as JSON. */
  send(text: string): void {
    this.#outgoing.add(text);
  }

  #sendFrame(frame: ClientFrame): void {
    this.send(JSON.stringify(frame));
  }

  #run(effect: ConnectionEffect): void {
    switch (effect) {
      case 'open':
        return this.#open();
      case 'close':
        return this.#close();
      case 'login':
        return this.#listener.onLoginDue();
      case 'ping':
        return this.#sendFrame({ ping: this.#around.now() });
      case 'noTimer':
        return this.#clearTimer();
      case 'resume':
        return this.#listener.onResume();
      case 'pause':
        return this.#listener.onPause();
      case 'ended':
        return this.#listener.onEnded();
    }
    if ('tell' in effect) this.#listener.onNetState(effect.tell);
    else this.#setTimer(effect.jitter ? effect.timer * this.#around.random() : effect.timer);
  }

  #open(): void {
    let socket: Socket | undefined;
    const isCurrent = () => this.#socket === socket;
    try {
      socket = this.#around.openSocket(this.#url, {
        onOpen: () => isCurrent() && this.dispatch({ name: 'opened' }),
        onMessage: (text) => isCurrent() && this.#read(text),
        onClose: (code) => {
          if (!isCurrent()) return;
          this.#forget();
          this.dispatch({ name: 'closed', code });
        },
      });
      this.#socket = socket;
    } catch (error) {
      this.#log.error('the socket could not be made', error);
      this.#around.soon(() => this.dispatch({ name: 'closed', code: NEVER_OPENED }));
    }
  }

  #close(): void {
    const socket = this.#socket;
    // What was said before, such as a logout, still goes out.
    this.#outgoing.flush();
    this.#forget();
    socket?.close(NORMAL_CLOSE);
  }

  #forget(): void {
    this.#outgoing.clear();
    this.#socket = undefined;
  }

  #setTimer(ms: number): void {
    this.#clearTimer();
    this.#clearTimer = this.#around.after(ms, () =>
      this.dispatch({ name: 'timer', quietMs: this.#around.now() - this.#lastHeard }),
    );
  }

  #read(text: string): void {
    const socket = this.#socket;
    this.#lastHeard = this.#around.now();
    if (this.#state.name === 'probing') this.dispatch({ name: 'heard' });
    const message = this.#parse(text);
    for (const frame of Array.isArray(message) ? message : [message]) {
      // A frame may end the connection it came by: nothing that follows it counts.
      if (this.#socket !== socket) break;
      this.#tryToTake(frame as ServerFrame);
    }
    this.#listener.onMessageEnd();
  }

  #tryToTake(frame: ServerFrame): void {
    try {
      this.#take(frame);
    } catch (error) {
      this.#log.error('the server sent something that was not understood', error);
      this.dispatch({ name: 'broken' });
    }
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.#log.error('the server sent something that is not JSON');
      this.dispatch({ name: 'broken' });
      return [];
    }
  }

  #take(frame: ServerFrame): void {
    if ('mark' in frame) this.#sendFrame({ mark: frame.mark });
    else if ('event' in frame && frame.event === 'goodbye') {
      this.dispatch({ name: 'goodbye', withinMs: frame.withinMs });
    } else if (!('pong' in frame)) this.#listener.onFrame(frame);
  }
}
