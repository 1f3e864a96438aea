import { scopeOwner } from '@muster/protocol';
import type { LogRead, LogStorage } from '../port.ts';
import { integer, numberedEventOf } from '../sql/rows.ts';
import type { Reader } from './reader.ts';

type LogPosition = Parameters<LogStorage['read']>[0][number];

export function sqliteLog(reader: Reader, epoch: string): LogStorage {
  return {
    read: async (positions, count) =>
      reader.together(() => positions.map((position) => readScope({ reader, epoch, count }, position))),
  };
}

function readScope(
  { reader, epoch, count }: { reader: Reader; epoch: string; count: number },
  { scope, position }: LogPosition,
): LogRead {
  const { kind, id } = scopeOwner(scope);
  const row = reader.first(kind === 'user' ? 'seqOfUser' : 'seqOfGroup', [id]);
  const seq = row ? integer(row.seq) : 0;
  if (position.epoch !== epoch || position.seq > seq) return { events: undefined, seq };
  if (position.seq === seq) return { events: [], seq };
  const rows = reader.all('log', [scope, position.seq, count]);
  const events = rows.map((event) => numberedEventOf(scope, event));
  // The oldest events are pruned: what is there must begin right after the position.
  const isComplete = count === 0 || events[0]?.seq === position.seq + 1;
  return { events: isComplete ? events : undefined, seq };
}
