/**
 * Group counters: signed 64-bit integers by name, exact at every step (GC).
 *
 * `Value` is how this instance hands values out, chosen by `counterValues` at `create`. By default it is
 * `number`, the one place where a type of ours is narrower than the value: a value that is not a safe integer
 * comes as a `bigint`, never as a wrong number (GC5). Apps that count past 2^53 choose `'bigint'` or `'exact'`.
 */
import type { ChatResponse, OperationOptions } from './results.ts';

/** How values are handed out. */
export type CounterValue = number | bigint;

/** How values are taken: a safe integer, or a `bigint` within 64 bits. Anything else rejects 6017 (GC4). */
export type CounterInput = number | bigint;

export interface SetGroupCountersOptions extends OperationOptions {
  groupID: string;
  /** 1 to 20 values by key. A key is 1 to 128 code points (GC2). */
  counters: { [key: string]: CounterInput };
}

export interface ChangeGroupCounterOptions extends OperationOptions {
  groupID: string;
  key: string;
  /** By how much; 0 and negative values are allowed. */
  value: CounterInput;
}

export interface GroupCounterKeysOptions {
  groupID: string;
  keyList?: string[] | undefined;
}

export interface DeleteGroupCountersOptions extends GroupCounterKeysOptions, OperationOptions {}

export interface SetGroupCountersResult<Value extends CounterValue = number> {
  groupID: string;
  /** The values that were set. */
  counters: Record<string, Value>;
  /** The version that this operation took (GC12). */
  version: number;
}

export interface ChangeGroupCounterResult<Value extends CounterValue = number>
  extends SetGroupCountersResult<Value> {
  key: string;
  /** This operation's own result, whatever others did since. */
  value: Value;
}

/**
 * The four writes together may be called 20 times in 5 s, and so may the reads: over that 2996, and nothing is sent
 * (GC10). All reject 10010 no such group · 10007 not a member, or a Community with topics (GC9).
 */
export interface GroupCounterMethods<Value extends CounterValue = number> {
  /**
   * Creates or overwrites all the keys together, or none (GC6). Raises `GROUP_COUNTER_UPDATED` once per key at
   * every member, the caller included (GC11).
   *
   * Rejects 10004 a malformed key · 10063 it would make a 21st counter; nothing has changed then (GC1).
   */
  setGroupCounters(options: SetGroupCountersOptions): Promise<ChatResponse<SetGroupCountersResult<Value>>>;

  /**
   * Adds `value` to one counter; an absent one starts at 0 (GC7). Counted once, however often the connection
   * breaks on the way (DL3).
   *
   * Rejects 10004 when the result would leave 64 bits (`COUNTER_OVERFLOW`) or the key is malformed · 10063 it
   * would make a 21st counter; nothing has changed then.
   */
  increaseGroupCounter(
    options: ChangeGroupCounterOptions,
  ): Promise<ChatResponse<ChangeGroupCounterResult<Value>>>;

  /** Subtracts `value` from one counter; otherwise as `increaseGroupCounter` (GC7). */
  decreaseGroupCounter(
    options: ChangeGroupCounterOptions,
  ): Promise<ChatResponse<ChangeGroupCounterResult<Value>>>;

  /**
   * The named counters that exist; all without a `keyList` or with an empty one (GC8). Answered from memory while
   * connected, and then without spending a call; never older than a call that has resolved (GC15).
   */
  getGroupCounters(
    options: GroupCounterKeysOptions,
  ): Promise<ChatResponse<{ counters: Record<string, Value> }>>;

  /** The same as `getGroupCounters`: the original's guide has it under this name. Ours (GC8). */
  getGroupCounter(
    options: GroupCounterKeysOptions,
  ): Promise<ChatResponse<{ counters: Record<string, Value> }>>;

  /**
   * Removes the named counters, all without a `keyList`, none with an empty one; resolves with those removed
   * (GC16). Owner, group admins and administrators: 10007 for the others. Raises `GROUP_COUNTER_DELETED`. Ours.
   */
  deleteGroupCounters(
    options: DeleteGroupCountersOptions,
  ): Promise<ChatResponse<{ groupID: string; keyList: string[] }>>;
}
