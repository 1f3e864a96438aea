/**
 * Frames that wait to be sent. Those of one turn of the event loop leave together, as one array: a message costs
 * the server far more than a frame does.
 */

/** A message stays well below the limit of a frame, also when its characters take several bytes. */
const MESSAGE_CHARACTERS_MAX = 60_000;

export class Outgoing {
  #frames: string[] = [];
  #characters = 0;
  readonly #send: (text: string) => void;
  readonly #soon: (run: () => void) => void;

  constructor(send: (text: string) => void, soon: (run: () => void) => void) {
    this.#send = send;
    this.#soon = soon;
  }

  add(frame: string): void {
    if (this.#characters + frame.length > MESSAGE_CHARACTERS_MAX) this.flush();
    if (this.#frames.length === 0) this.#soon(() => this.flush());
    this.#frames.push(frame);
    this.#characters += frame.length;
  }

  flush(): void {
    const frames = this.#frames;
    if (frames.length === 0) return;
    this.clear();
    this.#send(frames.length === 1 ? (frames[0] as string) : `[${frames.join(',')}]`);
  }

  clear(): void {
    this.#frames = [];
    this.#characters = 0;
  }
}
