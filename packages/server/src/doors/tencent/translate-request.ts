import { COMMANDS, type CommandName, type OperationID } from '@muster/protocol';
import type { Ask, Body, Translation, WireMemory, WireRequest } from '@muster/tencent';
import type { App } from '../../app.ts';
import { dispatch } from '../../dispatch.ts';
import type { Session } from '../../sessions/session.ts';
import { operationIDOf } from './operation-id.ts';
import { writesOf } from './write-names.ts';

/** The answer of a request: what it asks of the core goes the way of every request. */
export function translateRequest(
  app: App,
  { session, memory }: { session: Session; memory: WireMemory },
  translation: Translation,
  { head, body }: WireRequest,
): Promise<Body> {
  const { userID, isAdministrator, rate, device } = session;
  const known = writesOf(session);
  known.begun(head.seq);
  let writes = 0;
  const ask = async (command: CommandName, input: Record<string, unknown>) => {
    const carryOut = (operation?: OperationID, operationID?: string) => {
      const caller = { userID, isAdministrator, session, rate, isForeign: true };
      return dispatch(app, { command, input, ...caller, operation, operationID });
    };
    if (COMMANDS[command].kind !== 'write') return carryOut();
    writes += 1;
    const operationID = operationIDOf(device, head.seq, writes);
    // What a frame writes besides has no number of its own.
    if (writes > 1) return carryOut(undefined, operationID);
    const { operation, needsID } = known.namesOf(head.seq);
    const answer = await carryOut(operation, needsID ? operationID : undefined);
    // What the window has no room for was never in it.
    if (answer.ok || answer.error.name !== 'OPERATION_WINDOW_FULL') return answer;
    known.refused(head.seq);
    return carryOut(undefined, operationID);
  };
  // Dispatch knows each command by its name alone; its output is that of the command.
  const told = () => session.log?.sent ?? 0;
  const call = { body, userID, now: app.now(), memory, told, ask: ask as Ask };
  return translation(call).finally(() => known.answered(head.seq));
}
