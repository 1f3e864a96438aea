/** What a request of REST v4 asks of dispatch: as the administrator, or for an account that he acts for (RS3). */
import { type CommandName, wireError } from '@muster/protocol';
import type { Ask, OwnAnswer } from '@muster/tencent';
import type { App } from '../../app.ts';
import { dispatch } from '../../dispatch.ts';

export interface RestAsks {
  ask: Ask;
  askFor(userID: unknown): Ask;
}

export function restAsks(app: App, administrator: string): RestAsks {
  return {
    ask: askAs(app, administrator),
    askFor: (userID) => (typeof userID === 'string' ? askForAccount(app, userID) : refuseAll(NO_ACCOUNT)),
  };
}

const NO_ACCOUNT = wireError('INVALID_ARGUMENT', 'The account to act for is missing, or no text.');

/** An administrator may what the account may not; whose things it is about, the account says. */
function askAs(app: App, userID: string): Ask {
  return async <Name extends CommandName>(command: Name, input: Record<string, unknown>) => {
    const answer = await dispatch(app, {
      command,
      input,
      userID,
      isAdministrator: true,
      isForeign: true,
      session: undefined,
      rate: undefined,
      operation: undefined,
      operationID: undefined,
    });
    return answer as OwnAnswer<Name>;
  };
}

function askForAccount(app: App, userID: string): Ask {
  const ask = askAs(app, userID);
  return async (command, input) => {
    const isKnown = (await app.storage.users.read([userID])).has(userID);
    return isKnown ? ask(command, input) : { ok: false, error: wireError('USER_NOT_FOUND') };
  };
}

function refuseAll(error: ReturnType<typeof wireError>): Ask {
  return async () => ({ ok: false, error });
}
