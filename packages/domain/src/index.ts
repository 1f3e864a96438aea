/** What is decided: pure rules over plain state. Synchronous, total, no clock, no dice. */
export * from './decision.ts';
export * from './group-counters/counter-access.ts';
export type * from './group-counters/counter-state.ts';
export * from './group-counters/delete-counters.ts';
export * from './group-counters/read-counters.ts';
export * from './group-counters/update-counters.ts';
export type * from './groups/group-state.ts';
export * from './users/user-state.ts';
