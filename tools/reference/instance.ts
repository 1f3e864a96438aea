/** What an instance of the SDK has, asked of one. Nobody is logged in, so that nothing is sent. */
import MusterChat from '@muster/chat';
import { ERRORS } from '@muster/protocol';

const LOG_NOTHING = 4;

/** All methods that an instance has, and which of them are not built. */
export async function askInstance(): Promise<{ names: string[]; refused: Set<string> }> {
  const chat = MusterChat.create({ SDKAppID: 1, proxyServer: 'ws://127.0.0.1:1', instance: 'reference' });
  chat.setLogLevel(LOG_NOTHING);
  const methods = Object.entries(chat) as unknown as [string, () => unknown][];
  const refused = new Set<string>();
  for (const [name, method] of methods) {
    if (name !== 'destroy' && name !== 'setLogLevel' && (await isRefused(method))) refused.add(name);
  }
  await chat.destroy();
  return { names: methods.map(([name]) => name), refused };
}

async function isRefused(method: () => unknown): Promise<boolean> {
  try {
    await method();
    return false;
  } catch (error) {
    return (error as { code?: number }).code === ERRORS.NOT_SUPPORTED.code;
  }
}
