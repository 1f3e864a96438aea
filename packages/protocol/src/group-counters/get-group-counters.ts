import Type, { type Static } from 'typebox';
import { GroupIDInput, Int64Input, strict } from '../schema-parts.ts';

export const GetGroupCountersInput = strict({
  groupID: GroupIDInput,
  keyList: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
});
export type GetGroupCountersInput = Static<typeof GetGroupCountersInput>;

/** A counter with the version that wrote it last (GC12). */
export const CounterEntry = strict({ key: Type.String(), value: Int64Input, version: Type.Integer() });
export type CounterEntry = Static<typeof CounterEntry>;

/** A key that was deleted, with the version that deleted it. */
export const DeletedCounter = strict({ key: Type.String(), version: Type.Integer() });
export type DeletedCounter = Static<typeof DeletedCounter>;

/**
 * The counters that exist, and those deleted lately. `live` says that this device is sent the events of the group,
 * so that it may answer later calls from memory (GC15).
 */
export const GetGroupCountersOutput = strict({
  counters: Type.Array(CounterEntry),
  deleted: Type.Array(DeletedCounter),
  version: Type.Integer(),
  live: Type.Boolean(),
});
export type GetGroupCountersOutput = Static<typeof GetGroupCountersOutput>;
