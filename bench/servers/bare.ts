/**
 * Yardstick (b), and (d)'s own: `ws` and one combined, durable UPDATE for all increases that wait. The same promise
 * to the caller about what is kept, and none of the checks: no login, no membership, no repeats told from new calls.
 */
import type { WebSocket } from 'ws';
import { answerText, type Increase, joined, openBareSockets } from './bare-sockets.ts';
import { openBareStore } from './bare-store.ts';
import { serve } from './measured-process.ts';

const store = await openBareStore(process.argv[2] ?? '');
const counts = { commits: 0, operations: 0, tooSlow: 0 };
let groupID = '';
let waiting: Increase[] = [];
let isDraining = false;

const sockets = await openBareSockets((increases) => {
  waiting.push(...increases);
  if (isDraining) return;
  isDraining = true;
  // The rest of this turn's messages go into the same commit.
  setImmediate(() => void drain());
});

async function drain(): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    const sum = batch.reduce((total, { amount }) => total + amount, 0);
    const updated = store.add(groupID, sum);
    const after = typeof updated === 'number' ? updated : await updated;
    counts.commits += 1;
    counts.operations += batch.length;
    answer(batch, after - sum);
    sockets.changed(groupID, after);
  }
  isDraining = false;
}

function answer(batch: readonly Increase[], before: number): void {
  const texts = new Map<WebSocket, string[]>();
  let value = before;
  for (const { socket, id, amount } of batch) {
    value += amount;
    const own = texts.get(socket);
    if (own) own.push(answerText(id, value));
    else texts.set(socket, [answerText(id, value)]);
  }
  for (const [socket, own] of texts) socket.send(joined(own));
}

serve({
  url: sockets.url,
  counts: () => counts,
  begin: async (group) => {
    await store.begin(group);
    groupID = group;
  },
  close: async () => {
    sockets.close();
    await store.close();
  },
});
