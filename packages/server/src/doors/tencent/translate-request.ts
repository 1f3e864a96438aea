import { COMMANDS, type CommandName } from '@muster/protocol';
import type { Ask, Body, Translation, WireMemory, WireRequest } from '@muster/tencent';
import type { App } from '../../app.ts';
import { dispatch } from '../../dispatch.ts';
import type { Session } from '../../sessions/session.ts';
import { operationIDOf } from './operation-id.ts';

/** The answer of a request: what it asks of the core goes the way of every request. */
export function translateRequest(
  app: App,
  { session, memory }: { session: Session; memory: WireMemory },
  translation: Translation,
  { head, body }: WireRequest,
): Promise<Body> {
  const { userID, isAdministrator, rate, device } = session;
  let writes = 0;
  const ask = (command: CommandName, input: Record<string, unknown>) => {
    if (COMMANDS[command].kind === 'write') writes += 1;
    // The client sends a frame again as it was, so that session and number tell a repeat (DL2).
    const operationID = operationIDOf(device, head.seq, writes);
    const request = { command, input, userID, isAdministrator, session, rate, operationID };
    return dispatch(app, { ...request, isForeign: true, operation: undefined });
  };
  // Dispatch knows each command by its name alone; its output is that of the command.
  const told = () => session.log?.sent ?? 0;
  return translation({ body, userID, now: app.now(), memory, told, ask: ask as Ask });
}
