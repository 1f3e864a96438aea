/** Who may call the REST door: an administrator who proves by his userSig that he is one (RS1). */

import { wireError } from '@muster/protocol';
import { GATEWAY_ERRORS, type GatewayErrorName, type RestError } from '@muster/tencent';
import type { App } from '../../app.ts';
import { userSigFault } from '../../sessions/login.ts';
import { register } from '../../sessions/register.ts';

/** A refusal with the name it is counted by. */
export interface RestRefusal {
  name: string;
  error: RestError;
}

export const gateway = (name: GatewayErrorName): RestRefusal => ({ name, error: GATEWAY_ERRORS[name] });

/** The administrator whom the query of a request names, or why it is refused. His first call registers him (US3). */
export async function administratorOf(
  app: App,
  { sdkappid, identifier, usersig }: Record<string, unknown>,
): Promise<string | RestRefusal> {
  if (!isText(sdkappid)) return gateway('APP_MISSING');
  if (sdkappid !== String(app.settings.SDKAppID)) return gateway('OTHER_APP');
  if (!isText(identifier)) return gateway('ACCOUNT_MISSING');
  if (!isText(usersig)) return gateway('USERSIG_MISSING');
  const fault = await userSigFault(app, identifier, usersig);
  if (fault) return { name: fault.error, error: wireError(fault.error, fault.message) };
  if (!app.settings.administrators.has(identifier)) return gateway('ADMINISTRATOR_NEEDED');
  await register(app, identifier);
  return identifier;
}

/** A parameter that is named twice comes as a list. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
