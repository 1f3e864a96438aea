import type { CounterEntry, DeletedCounter } from './get-group-counters.ts';

/**
 * What changed in a group's counters (GC11 to GC14). Every key changed after version `since` is named, with its
 * newest value; keys deleted after it stand in `deleted`. With `whole` it is the complete set instead, and a key
 * that is absent does not exist. With `anew` besides, it belongs to another history of the database (a restored
 * backup), in which the versions that the device knows mean nothing.
 */
export interface GroupCountersFrame {
  event: 'groupCounters';
  groupID: string;
  since: number;
  version: number;
  counters: CounterEntry[];
  deleted: DeletedCounter[];
  whole?: true;
  anew?: true;
}
