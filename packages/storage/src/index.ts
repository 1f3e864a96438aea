/** What is kept: the port, one SQL text, two engines, an oracle in memory, and combining. */
export type * from './engine.ts';
export { openMemory } from './memory/open-memory.ts';
export type * from './port.ts';
