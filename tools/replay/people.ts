/** A device for each of the people of a log. */
import MusterChat, { type ChatSDK } from '@muster/chat';

const LOG_NOTHING = 4;

/** Where devices log in, as `startMuster` gives it. */
export interface Server {
  SDKAppID: number;
  proxyServer: string;
  url: string;
  userSig(userID: string): string;
}

let devices = 0;

/** A device of its own for a user, logged in and ready. */
export async function logIn(server: Server, userID: string): Promise<ChatSDK> {
  const { SDKAppID, proxyServer } = server;
  devices += 1;
  const chat = MusterChat.create({ SDKAppID, proxyServer, instance: `replay-${devices}` });
  chat.setLogLevel(LOG_NOTHING);
  const ready = new Promise<void>((resolve) => chat.once(MusterChat.EVENT.SDK_READY, () => resolve()));
  try {
    await chat.login({ userID, userSig: server.userSig(userID) });
  } catch (error) {
    await chat.destroy();
    throw error;
  }
  await ready;
  return chat;
}
