import { packedBytes, packInto, readU48, unpackFrom, writeU48 } from '../operations/packing.ts';
import type { DeviceWindow } from '../operations/window.ts';

/** Room for four answers. */
const HEADER_BYTES = 13;
const SLOT_BYTES = HEADER_BYTES + 80;
/** In place of a length: the window is not here. */
const LARGE = 0xff;
const SLOTS_PER_PAGE = 8_192;

/**
 * Windows by device, most of them as bytes: a hundred thousand small objects that are replaced all the time keep a
 * garbage collector busy, bytes do not. A window with many answers is kept as it is.
 *
 * slot      session u48, floor u48, length of the answers u8, answers packed as in the database
 */
export class WindowTable {
  private readonly slots = new Map<number, number>();
  private readonly users: string[] = [];
  private readonly pages: Buffer[] = [];
  private readonly free: number[] = [];
  /** Windows too large for a slot; their slots are kept for later. */
  private readonly large = new Map<number, DeviceWindow>();

  get size(): number {
    return this.slots.size;
  }

  devices(): IterableIterator<number> {
    return this.slots.keys();
  }

  get(device: number): DeviceWindow | undefined {
    const slot = this.slots.get(device);
    if (slot === undefined) return undefined;
    const page = this.pages[Math.floor(slot / SLOTS_PER_PAGE)] as Buffer;
    const at = (slot % SLOTS_PER_PAGE) * SLOT_BYTES;
    const length = page[at + 12] as number;
    if (length === LARGE) return this.large.get(device);
    const floor = readU48(page, at + 6);
    const answers = unpackFrom(page, floor, { from: at + HEADER_BYTES, to: at + HEADER_BYTES + length });
    let highest = 0;
    for (const { seq } of answers) if (seq > highest) highest = seq;
    return { userID: this.users[slot] as string, session: readU48(page, at), floor, highest, answers };
  }

  set(device: number, window: DeviceWindow): void {
    const slot = this.slots.get(device) ?? this.take(device);
    const page = this.pages[Math.floor(slot / SLOTS_PER_PAGE)] as Buffer;
    const at = (slot % SLOTS_PER_PAGE) * SLOT_BYTES;
    this.users[slot] = window.userID;
    const length = packedBytes(window);
    if (length > SLOT_BYTES - HEADER_BYTES) {
      page[at + 12] = LARGE;
      this.large.set(device, window);
      return;
    }
    if (this.large.size > 0) this.large.delete(device);
    writeU48(page, window.session, at);
    writeU48(page, window.floor, at + 6);
    page[at + 12] = length;
    packInto(page, window, at + HEADER_BYTES);
  }

  delete(device: number): void {
    const slot = this.slots.get(device);
    if (slot === undefined) return;
    this.slots.delete(device);
    this.large.delete(device);
    this.free.push(slot);
  }

  private take(device: number): number {
    const slot = this.free.pop() ?? this.users.length;
    this.slots.set(device, slot);
    if (slot >= this.pages.length * SLOTS_PER_PAGE)
      this.pages.push(Buffer.alloc(SLOTS_PER_PAGE * SLOT_BYTES));
    return slot;
  }
}
