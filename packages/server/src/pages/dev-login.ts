/** `GET /dev/login?userID=alice`: a login for the asking, in development only and for this machine's pages only. */
import { userIDFault, wireError } from '@muster/protocol';
import { signUserSig } from '@muster/tencent';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { answerError } from '../doors/http-door.ts';
import { strangerFault } from './dev-hosts.ts';

const EXPIRE_SECONDS = 7 * 86_400;

export type DevLoginApp = Pick<App, 'settings' | 'now' | 'log'>;

export interface DevLogin {
  SDKAppID: number;
  userID: string;
  userSig: string;
}

export function addDevLogin(server: FastifyInstance, app: DevLoginApp, devHosts: ReadonlySet<string>): void {
  server.get('/dev/login', (request, reply) => {
    const { host, origin } = request.headers;
    reply.headers({ 'cache-control': 'no-store', vary: 'Origin', 'x-content-type-options': 'nosniff' });
    const stranger = strangerFault({ host, origin }, devHosts);
    if (stranger) {
      // A page elsewhere may not read the answer, so its developer finds the words here.
      app.log.warn({ host, origin }, `refused a login: ${stranger}`);
      return answerError(reply, wireError('NOT_PERMITTED', stranger));
    }
    if (origin !== undefined) reply.header('access-control-allow-origin', origin);
    const { userID } = request.query as { userID?: unknown };
    const fault = argumentFault(userID);
    if (fault || typeof userID !== 'string') return answerError(reply, wireError('INVALID_ARGUMENT', fault));
    if (app.settings.administrators.has(userID)) {
      const instead = `sign one on your terminal: muster usersig ${userID}`;
      return answerError(
        reply,
        wireError('NOT_PERMITTED', `No login of an administrator is given here: ${instead}`),
      );
    }
    return reply.send(sign(app, userID));
  });
}

function argumentFault(userID: unknown): string | undefined {
  if (userID === undefined) return 'Name the user: /dev/login?userID=alice';
  if (typeof userID !== 'string') return 'Name one user: userID stands there more than once.';
  const fault = userIDFault(userID);
  return fault && `The userID ${fault}.`;
}

function sign({ settings: { SDKAppID, secretKey }, now }: DevLoginApp, userID: string): DevLogin {
  const userSig = signUserSig({ SDKAppID, secretKey, userID, expireSeconds: EXPIRE_SECONDS, now: now() });
  return { SDKAppID, userID, userSig };
}
