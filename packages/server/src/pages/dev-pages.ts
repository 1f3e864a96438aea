/** What `muster dev` serves beside the doors: a page to try it, and logins for the asking. */
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { addDevLogin } from './dev-login.ts';
import { addLiveRoom, liveRoomAssets } from './live-room-page.ts';

export async function addDevPages(
  config: Pick<Config, 'devHosts'>,
): Promise<(server: FastifyInstance, app: App) => void> {
  const assets = await liveRoomAssets();
  return (server, app) => {
    addDevLogin(server, app, config.devHosts);
    addLiveRoom(server, assets);
  };
}
