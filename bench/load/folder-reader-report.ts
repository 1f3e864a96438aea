/** What a reader's process tells of itself. */

/** Whose conversations they are. */
export const READER = 'reader';

/** Times are medians. */
export interface FolderReport {
  loginMs: number;
  filterMicroseconds: number;
  editMs: number;
  /** One increase of a counter on the same connection: what a round trip and a commit take anyway. */
  increaseMs: number;
  /** From the call to the event at the other device. */
  eventMs: number;
  /** WebSocket messages that an edit sends, and bytes that it brings to the other device. */
  editMessages: number;
  eventBytes: number;
  conversations: number;
  /** Of one device with everything, above the process without it. */
  heapBytes: number;
  /** The same after so many messages were received. */
  streamedHeapBytes: number;
}
