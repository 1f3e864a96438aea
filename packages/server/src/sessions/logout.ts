import type { App } from '../app.ts';
import { endDevice } from './login.ts';
import type { Session } from './session.ts';

/** Ends this device: its key, its operations and its places in AVChatRooms (US7, US11). */
export async function logout(app: App, session: Session): Promise<void> {
  app.sessions.remove(session);
  session.release();
  await endDevice(app, session);
}
