/**
 * Calls of an SDK as a script in another process can make them: with arguments that are JSON. What cannot be said in
 * JSON is named: `{ $message: ID }` is the message of that ID which the SDK has or has made, `{ $handler: name }` a
 * function that tells its calls under that name.
 */

export type Chat = Record<string, (...args: unknown[]) => unknown>;
type Handler = (...args: unknown[]) => void;

export class ScriptedCalls {
  private readonly chat: Chat;
  private readonly tell: (name: string, args: unknown[]) => void;
  private readonly handlers = new Map<string, Handler>();
  private readonly made = new Map<string, unknown>();

  constructor(chat: Chat, tell: (name: string, args: unknown[]) => void) {
    this.chat = chat;
    this.tell = tell;
  }

  /** Gives what the method gives, or throws what it throws. */
  carryOut(method: string, args: readonly unknown[]): unknown {
    const named = args.map((arg) => this.named(arg));
    const own = OWN[method];
    if (own) return own(this.chat, ...(named as never[]));
    const call = this.chat[method];
    if (!call) throw new TypeError(`there is no method ${method}`);
    const result = call(...named);
    if (MAKES_A_MESSAGE.test(method)) this.made.set((result as { ID: string }).ID, result);
    return result;
  }

  private named(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.named(item));
    const { $message, $handler } = value as { $message?: string; $handler?: string };
    if ($message !== undefined) return this.made.get($message) ?? this.chat.findMessage?.($message);
    if ($handler !== undefined) return this.handler($handler);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.named(item)]));
  }

  /** The same function for the same name, so that it can be taken off again. */
  private handler(name: string): Handler {
    const handler = this.handlers.get(name) ?? ((...args) => this.tell(name, args));
    this.handlers.set(name, handler);
    return handler;
  }
}

const MAKES_A_MESSAGE = /^create\w+Message$/;

const OWN: Record<string, (chat: Chat, ...args: never[]) => unknown> = {
  /** Makes a message and sends it: a message cannot cross to another process. */
  send: (chat, create: string, options: object, how: object) =>
    chat.sendMessage?.(chat[create]?.(options), how),
  /** Calls a method with a message that the SDK has, its payload changed first, alone or in a list. */
  onMessage: (chat, method: string, messageID: string, change: object | undefined, isListed: boolean) => {
    const message = chat.findMessage?.(messageID) as { payload: object };
    Object.assign(message.payload, change);
    return chat[method]?.(isListed ? [message] : message);
  },
};
