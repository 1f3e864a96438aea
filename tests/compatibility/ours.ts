/** Our SDK as the probes hold it: its calls and its events, in this process. */
import MusterChat, { type ChatSDK } from '@muster/chat';
import type { ServerAddress } from '../tencent/caller.ts';
import { Hearing } from '../tencent/hearing.ts';
import { type Chat, ScriptedCalls } from '../tencent/scripted-calls.ts';

const LOG_NOTHING = 4;
let instances = 0;

/** What a call or an event carries, as JSON would carry it. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? String(part) : part));
  return text === undefined ? null : JSON.parse(text);
}

export class Ours extends Hearing {
  private readonly server: ServerAddress;
  private readonly chat: ChatSDK;
  private readonly calls: ScriptedCalls;

  constructor(userID: string, server: ServerAddress) {
    super(userID);
    this.server = server;
    const { SDKAppID, proxyServer } = server;
    instances += 1;
    this.chat = MusterChat.create({ SDKAppID, proxyServer, instance: `compatibility-${instances}` });
    this.chat.setLogLevel(LOG_NOTHING);
    this.calls = new ScriptedCalls(this.chat as unknown as Chat, (name, args) =>
      this.hear({ event: 'CALLED_BACK', data: { name, args: plain(args) } }),
    );
    for (const [event, value] of Object.entries(MusterChat.EVENT)) {
      this.chat.on(value, ({ data }: { data?: unknown }) => this.hear({ event, data: plain(data) }));
    }
  }

  static async login(userID: string, server: ServerAddress): Promise<Ours> {
    const ours = new Ours(userID, server);
    await ours.login();
    await ours.hears('SDK_READY');
    return ours;
  }

  login(userSig = this.server.userSig(this.userID)): Promise<unknown> {
    return this.call('login', { userID: this.userID, userSig });
  }

  // biome-ignore lint/suspicious/noExplicitAny: what calls give is looked at by assertions
  async call(method: string, ...args: unknown[]): Promise<any> {
    return plain(await this.calls.carryOut(method, args));
  }

  end(): void {
    void this.chat.destroy();
  }
}
