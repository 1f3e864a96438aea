import { type OperationRecord, packJournal, packWindow, unpackJournal } from '../operations/packing.ts';
import { type DeviceWindow, withAnswer } from '../operations/window.ts';
import { deviceOf, integer } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import type { Turn, TurnSource } from './commit-queue.ts';
import type { Reader } from './reader.ts';
import { WindowTable } from './window-table.ts';

/**
 * Operations in the journal from which on windows are written to their rows. With many devices it takes more of
 * them, so that writing a window is paid for by several operations, but never more than a start replays in a second.
 */
const FOLD_OPERATIONS_MIN = 250_000;
const FOLD_OPERATIONS_PER_WINDOW = 8;
const FOLD_OPERATIONS_MAX = 1_000_000;
const FOLD_WINDOWS_PER_COMMIT = 500;
const FOLD_ROWS_PER_COMMIT = 1_000;
const WINDOWS_CACHED_MAX = 200_000;
const REPLAY_ROWS = 1_000;

/** A fold in progress. */
interface Fold {
  /** In the order of the rows, so that neighbours are written together. */
  devices: number[];
  done: number;
  /** The journal's rows up to here are told by the windows once all of them are written. */
  upTo: number;
  deletedTo: number;
}

/**
 * The windows of devices. A commit writes one row of the journal for all its operations, whatever their devices;
 * the windows themselves are written to their rows now and then ("folded"), and the journal's head is deleted.
 * A window is `dirty` from the operation that changed it until it is folded, and stays in memory that long.
 */
export class Windows implements TurnSource {
  private readonly reader: Reader;
  private readonly cached = new WindowTable();
  private readonly dirty = new Set<number>();
  private fold: Fold | undefined;
  private firstRow = 1;
  private lastRow = 0;
  /** Operations in the journal since the last fold began. */
  private journalled = 0;
  private isFoldAsked = false;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** The window of a device; undefined when the device is unknown. */
  get(device: number): DeviceWindow | undefined {
    const known = this.cached.get(device);
    if (known) return known;
    const row = this.reader.first('device', [device]);
    if (!row) return undefined;
    const { window } = deviceOf(row);
    this.put(device, window);
    return window;
  }

  /** A window after a login: its row is written. */
  put(device: number, window: DeviceWindow): void {
    this.cached.set(device, window);
    if (this.cached.size - this.dirty.size > WINDOWS_CACHED_MAX) this.evict();
  }

  /** The windows after a commit that wrote a row of the journal for them. */
  recorded(windows: Iterable<[number, DeviceWindow]>, operations: number): void {
    for (const [device, window] of windows) {
      this.dirty.add(device);
      this.put(device, window);
    }
    this.lastRow += 1;
    this.journalled += operations;
  }

  forget(device: number): void {
    this.cached.delete(device);
    this.dirty.delete(device);
  }

  /** The row of the journal that the next commit writes. */
  journalWrite(records: readonly OperationRecord[], now: number): Write {
    return ['insertJournal', [this.lastRow + 1, now, packJournal(records)]];
  }

  /** Brings the windows to where the journal ends. The same operation twice does no harm. */
  replay(): void {
    let last = 0;
    for (let rows = this.reader.all('journal', [0, REPLAY_ROWS]); rows.length > 0; ) {
      if (last === 0) this.firstRow = integer(rows[0]?.id);
      for (const row of rows) {
        last = integer(row.id);
        const records = unpackJournal(row.ops as Uint8Array);
        for (const record of records) this.replayOne(record);
        this.journalled += records.length;
      }
      rows = this.reader.all('journal', [last, REPLAY_ROWS]);
    }
    this.lastRow = Math.max(this.lastRow, last);
  }

  private replayOne({ device, floor, answered }: OperationRecord): void {
    const window = this.get(device);
    if (!window || answered.seq < window.floor) return;
    this.dirty.add(device);
    this.cached.set(device, withAnswer(window, floor, answered));
  }

  /** Folds everything, however little it is. */
  askFold(): void {
    this.isFoldAsked = this.journalled > 0;
  }

  next(): Turn | undefined {
    if (!this.fold && (this.isFoldAsked || this.isFoldDue())) this.beginFold();
    if (!this.fold) return undefined;
    return this.fold.done < this.fold.devices.length
      ? this.foldWindows(this.fold)
      : this.deleteRows(this.fold);
  }

  private isFoldDue(): boolean {
    if (this.journalled < FOLD_OPERATIONS_MIN) return false;
    return this.journalled >= Math.min(FOLD_OPERATIONS_MAX, this.dirty.size * FOLD_OPERATIONS_PER_WINDOW);
  }

  private beginFold(): void {
    const devices = [...this.dirty].sort((a, b) => a - b);
    this.fold = { devices, done: 0, upTo: this.lastRow, deletedTo: this.firstRow - 1 };
    this.journalled = 0;
    this.isFoldAsked = false;
  }

  private foldWindows(fold: Fold): Turn {
    const devices = fold.devices.slice(fold.done, fold.done + FOLD_WINDOWS_PER_COMMIT);
    const writes = devices.flatMap((device): Write[] => {
      const window = this.dirty.has(device) ? this.cached.get(device) : undefined;
      return window ? [['setWindow', [window.floor, packWindow(window), device]]] : [];
    });
    const settle = () => {
      for (const device of devices) this.dirty.delete(device);
      fold.done += devices.length;
    };
    return { writes, settle, fail: () => this.giveUp() };
  }

  private deleteRows(fold: Fold): Turn {
    const to = Math.min(fold.deletedTo + FOLD_ROWS_PER_COMMIT, fold.upTo);
    const settle = () => {
      fold.deletedTo = to;
      this.firstRow = to + 1;
      if (to === fold.upTo) this.fold = undefined;
    };
    return { writes: [['deleteJournal', [to]]], settle, fail: () => this.giveUp() };
  }

  /** The journal still tells everything: the next fold, many operations later, does it all. */
  private giveUp(): void {
    this.fold = undefined;
  }

  /** Many at once, so that passing over the dirty ones costs little for each. */
  private evict(): void {
    let left = WINDOWS_CACHED_MAX / 8;
    for (const device of this.cached.devices()) {
      if (this.dirty.has(device)) continue;
      this.cached.delete(device);
      left -= 1;
      if (left <= 0) return;
    }
  }
}
