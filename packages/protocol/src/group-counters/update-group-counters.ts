import Type, { type Static } from 'typebox';
import { GroupIDInput, Int64Input, strict } from '../schema-parts.ts';

export const COUNTER_MODES = ['Set', 'Increase', 'Decrease'] as const;
export type CounterMode = (typeof COUNTER_MODES)[number];

const Change = strict({ key: Type.String(), value: Int64Input });

/** Sets, increases or decreases 1 to 20 counters together, all or none (GC6, GC7, GC18). */
export const UpdateGroupCountersInput = strict({
  groupID: GroupIDInput,
  mode: Type.Optional(Type.Union([Type.Literal('Set'), Type.Literal('Increase'), Type.Literal('Decrease')])),
  counters: Type.Array(Change, { minItems: 1, maxItems: 1_000 }),
});
export type UpdateGroupCountersInput = Static<typeof UpdateGroupCountersInput>;

/** The values after the operation, in the order of the request, and the version the operation took (GC12). */
export const UpdateGroupCountersOutput = strict({ counters: Type.Array(Change), version: Type.Integer() });
export type UpdateGroupCountersOutput = Static<typeof UpdateGroupCountersOutput>;
