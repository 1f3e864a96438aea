/** Reading what a group has by keys: its counters and its attributes (GC15, GR5). */
import { keys, optional, take, text } from '../arguments.ts';
import type { Core } from '../core.ts';

export const KEYS = { groupID: text, keyList: optional(keys) };

interface Keyed<Value> {
  /** All of a group's, when memory has them all. */
  known(groupID: string): Map<string, Value> | undefined;
  fetch(groupID: string): Promise<Map<string, Value>>;
}

/** From memory while every change is heard, else from the server; without keys it is all. */
export async function chosenOf<Value>(
  { session, log }: Core,
  method: string,
  given: unknown,
  { known, fetch }: Keyed<Value>,
): Promise<[string, Value][]> {
  const { groupID, keyList = [] } = take(method, given, KEYS, log);
  await session.served();
  const all = (session.isLive && known(groupID)) || (await fetch(groupID));
  return [...all].filter(([key]) => keyList.length === 0 || keyList.includes(key));
}
