import type { CounterOutcome } from '@muster/storage';
import type { App } from '../app.ts';

/** Hands a committed change to the members. A repeat changed nothing, so that there is nothing to tell. */
export function publishCounters(app: App, groupID: string, outcome: CounterOutcome & { ok: true }): void {
  if (outcome.repeated) return;
  const { counters } = app.delivery;
  const { version } = outcome.reply;
  for (const { key, value } of outcome.changes.set) counters.publish(groupID, key, value, version);
  for (const key of outcome.changes.deleted) counters.publish(groupID, key, undefined, version);
}
