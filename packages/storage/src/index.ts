/** What is kept: the port, one SQL text, two engines, an oracle in memory, and combining. */

export { type CombinedStorage, type CombineOptions, combine } from './combining/combine.ts';
export type * from './engine.ts';
export { openMemory } from './memory/open-memory.ts';
export type * from './port.ts';
export { openPostgres, type PostgresOptions } from './postgres/open-postgres.ts';
export { openSqlite, type SqliteOptions } from './sqlite/open-sqlite.ts';
