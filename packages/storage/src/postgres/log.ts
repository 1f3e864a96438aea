import { type Position, type Scope, scopeOwner } from '@muster/protocol';
import type { LogRead, LogStorage, NumberedEvent } from '../port.ts';
import { integer, numberedEventOf } from '../sql/rows.ts';
import type { Connection, Database } from './database.ts';
import { LOGS, SEQS } from './own-statements.ts';

interface Asked {
  scope: Scope;
  position: Position;
}

export function openLog(database: Database, epoch: string): LogStorage {
  return {
    read: async (positions, count) => {
      if (positions.length === 0) return [];
      return database.read((connection) => read(connection, epoch, positions, count));
    },
  };
}

/** Reads the last numbers first: an event that is committed in between is then only one more than they tell. */
async function read(
  connection: Connection,
  epoch: string,
  positions: readonly Asked[],
  count: number,
): Promise<LogRead[]> {
  const seqs = await seqsOf(connection, positions);
  const rows = await connection.run(LOGS, [
    positions.map(({ scope }) => scope),
    positions.map(({ position }) => position.seq),
    count,
  ]);
  const events = positions.map((): NumberedEvent[] => []);
  for (const row of rows) {
    const at = integer(row.at) - 1;
    const asked = positions[at];
    if (asked) events[at]?.push(numberedEventOf(asked.scope, row));
  }
  return positions.map(({ scope, position }, at) => {
    return logRead(position, epoch, events[at] ?? [], seqs.get(scope) ?? 0);
  });
}

async function seqsOf(connection: Connection, positions: readonly Asked[]): Promise<Map<string, number>> {
  const owners = positions.map(({ scope }) => scopeOwner(scope));
  const idsOf = (kind: 'user' | 'group') => owners.filter((owner) => owner.kind === kind).map(({ id }) => id);
  const rows = await connection.run(SEQS, [idsOf('group'), idsOf('user')]);
  return new Map(rows.map((row) => [row.scope as string, integer(row.seq)]));
}

/** The log tells all when what follows the position is its next event, or nothing because it is the last. */
function logRead(position: Position, epoch: string, events: NumberedEvent[], known: number): LogRead {
  const seq = Math.max(known, events.at(-1)?.seq ?? 0);
  const next = events[0]?.seq;
  const isWhole = next === undefined ? position.seq === seq : next === position.seq + 1;
  return { events: position.epoch === epoch && isWhole ? events : undefined, seq };
}
