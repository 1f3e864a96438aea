/**
 * One device under load. It increases a counter and checks every answer, hears the events of the counter, and gives
 * marks back.
 */
import type { Latencies } from './latencies.ts';
import { LoadSocket } from './socket.ts';
import type { Tally } from './tally.ts';

/** What all devices of one run share. */
export interface Run {
  groupID: string;
  tally: Tally;
  latencies: Latencies;
  /** Told of every value that a device hears by an event. */
  onHeard?: ((value: number, now: number) => void) | undefined;
}

/** A device as paces and measurements see it, whatever language it speaks. */
export interface CountingDevice {
  /** What the device heard last of the counter, by events alone. */
  heard: number;
  /** How many events it got. */
  events: number;
  /** Whether an answer is followed by the next request. */
  isLooping: boolean;
  /** Whether increases that leave together are one message, as of one caller, or a message each, as of many. */
  joins: boolean;
  readonly socket: LoadSocket;
  /** Whether every increase that was asked of it has its answer. */
  readonly isIdle: boolean;
  /** Sends increases. Their latency counts from `since`, in the milliseconds of `performance.now`. */
  increase(count: number, since: number): void;
}

interface Frame {
  id?: number;
  output?: { counters?: { value?: unknown }[] };
  error?: { name?: string; message?: string };
  event?: string;
  groupID?: string;
  version?: number;
  counters?: { key: string; value: unknown }[];
  mark?: number;
}

type Answer = Record<string, unknown>;

const OPEN_MAX = 64;
/** Ids from here on are those of commands; below it they are the sequences of increases. */
const COMMAND_IDS = 1_000_000_000_000;

export const COUNTER_KEY = 'likes';

export class LoadDevice implements CountingDevice {
  /** The number the server gave it; 0 at a yardstick. */
  number = 0;
  heard = 0;
  events = 0;
  lastEventAt = 0;
  isLooping = false;
  joins = true;
  private open = 0;
  readonly socket: LoadSocket;
  private readonly run: Run;
  private readonly request: string;
  private readonly since = new Float64Array(OPEN_MAX);
  private readonly isOpen = new Uint8Array(OPEN_MAX);
  /** Since when increases wait for others to be answered first: more than 64 are never open (DL2). */
  private readonly queued: number[] = [];
  private readonly commands = new Map<
    number,
    { resolve(output: Answer): void; reject(cause: Error): void }
  >();
  private version = 0;
  private seq = 0;
  private low = 1;
  private lastCommand = COMMAND_IDS;

  constructor(socket: LoadSocket, run: Run) {
    this.socket = socket;
    this.run = run;
    const input = { groupID: run.groupID, mode: 'Increase', counters: [{ key: COUNTER_KEY, value: 1 }] };
    this.request = `"command":"updateGroupCounters","input":${JSON.stringify(input)},"operation":`;
    socket.onText = (text) => this.receive(text);
  }

  static async connect(url: string, run: Run): Promise<LoadDevice> {
    return new LoadDevice(await LoadSocket.open(url), run);
  }

  get isIdle(): boolean {
    return this.open === 0 && this.queued.length === 0;
  }

  /** Carries out another command than an increase; rejects when it is refused. */
  ask(command: string, input: object): Promise<Answer> {
    this.lastCommand += 1;
    const id = this.lastCommand;
    this.socket.send([JSON.stringify({ id, command, input })]);
    return new Promise((resolve, reject) => this.commands.set(id, { resolve, reject }));
  }

  increase(count: number, since: number): void {
    if (this.open + count > OPEN_MAX) {
      for (let index = 0; index < count; index += 1) this.queued.push(since);
      return;
    }
    const texts = Array.from({ length: count }, () => this.next(since));
    if (this.joins && count > 1) this.socket.send([`[${texts.join(',')}]`]);
    else this.socket.send(texts);
  }

  private next(since: number): string {
    this.seq += 1;
    const { seq, low } = this;
    this.since[seq % OPEN_MAX] = since;
    this.isOpen[seq % OPEN_MAX] = 1;
    this.open += 1;
    return `{"id":${seq},${this.request}{"seq":${seq},"low":${low}}}`;
  }

  private receive(text: string): void {
    const parsed = JSON.parse(text) as Frame | Frame[];
    const now = performance.now();
    let answers = 0;
    if (Array.isArray(parsed)) for (const frame of parsed) answers += this.take(frame, now);
    else answers = this.take(parsed, now);
    if (answers > 0 && this.isLooping) this.increase(answers, now);
    if (answers > 0 && this.queued.length > 0) this.sendQueued();
  }

  private sendQueued(): void {
    for (const since of this.queued.splice(0, OPEN_MAX - this.open)) this.increase(1, since);
  }

  /** Takes a frame; 1 when it answered an increase. */
  private take(frame: Frame, now: number): number {
    if (frame.id !== undefined)
      return frame.id > COMMAND_IDS ? this.answerCommand(frame.id, frame) : this.answer(frame, now);
    if (frame.event === 'groupCounters' && frame.groupID === this.run.groupID) this.hear(frame, now);
    if (frame.mark !== undefined) this.socket.send([`{"mark":${frame.mark}}`]);
    return 0;
  }

  private answer({ id = 0, output, error }: Frame, now: number): number {
    const slot = id % OPEN_MAX;
    if (this.isOpen[slot] !== 1) this.run.tally.fault(`request ${id} was answered twice`);
    this.isOpen[slot] = 0;
    this.open -= 1;
    while (this.low <= this.seq && this.isOpen[this.low % OPEN_MAX] === 0) this.low += 1;
    this.run.latencies.add(now - (this.since[slot] ?? now));
    if (error) this.run.tally.fault(`an increase was refused: ${error.name} ${error.message}`);
    else this.run.tally.add(output?.counters?.[0]?.value);
    return 1;
  }

  private answerCommand(id: number, { output, error }: Frame): number {
    const command = this.commands.get(id);
    this.commands.delete(id);
    if (error) command?.reject(new Error(`A command was refused: ${error.name} ${error.message}`));
    else command?.resolve((output ?? {}) as Answer);
    return 0;
  }

  private hear({ version = 0, counters = [] }: Frame, now: number): void {
    const value = counters[0]?.value;
    if (version <= this.version || typeof value !== 'number' || value < this.heard) {
      this.run.tally.fault(`an event went back from version ${this.version} to ${version}`);
    } else {
      this.version = version;
      this.heard = value;
      this.run.onHeard?.(value, now);
    }
    this.events += 1;
    this.lastEventAt = now;
  }
}
