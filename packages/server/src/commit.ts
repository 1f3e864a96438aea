/**
 * A commit whose word is lost, as when the connection to the database breaks just then, has happened all the same.
 * Nobody has published it; so the log is asked what there is beyond what was published (DL4).
 */
import { limit, type Scope } from '@muster/protocol';
import type { Outcome } from '@muster/storage';
import type { App } from './app.ts';
import type { Session } from './sessions/session.ts';

const COUNT = limit('logRing_perScope_events');

interface Committed {
  /** What the write may tell something. */
  scopes: readonly Scope[];
  /** The device that asks. */
  session: Session | undefined;
}

/** Runs a write. A repeat is answered once what its first time has brought about is told (DL9). */
export async function commit<Reply>(
  app: App,
  committed: Committed,
  write: () => Promise<Outcome<Reply>>,
): Promise<Outcome<Reply>> {
  let outcome: Outcome<Reply>;
  try {
    outcome = await write();
  } catch (cause) {
    tellMissed(app, committed).catch((err) => app.log.error({ err }, 'the log could not be asked'));
    throw cause;
  }
  if (outcome.ok && outcome.repeated) await tellMissed(app, committed);
  return outcome;
}

async function tellMissed(app: App, { scopes, session }: Committed): Promise<void> {
  const { epoch, log } = app.storage;
  const asked = [...new Set(scopes)].flatMap((scope) => {
    const seq = app.delivery.log.knownThrough(scope);
    return seq === undefined ? [] : [{ scope, position: { epoch, seq } }];
  });
  if (asked.length === 0) return;
  for (const { events = [] } of await log.read(asked, COUNT)) {
    if (events.length > 0) app.delivery.publish(events, session);
  }
}
