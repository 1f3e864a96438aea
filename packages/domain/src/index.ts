/** What is decided: pure rules over plain state. Synchronous, total, no clock, no dice. */
export * from './decision.ts';
export type * from './group-counters/counter-state.ts';
export type * from './groups/group-state.ts';
export * from './users/user-state.ts';
