/** An instance of the original SDK as tests call it and hear it, wherever it runs. */
import { Hearing } from './hearing.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the original says has shapes of its own
export type Result = any;

export interface ServerAddress {
  SDKAppID: number;
  proxyServer: string;
  userSig(userID: string): string;
}

/** A refusal of the original SDK. */
export class OriginalError extends Error {
  readonly code: number | undefined;

  constructor({ code, message }: { code?: number; message?: string }) {
    super(message ?? '');
    this.code = code;
  }
}

export abstract class Caller extends Hearing {
  /** Calls a method; gives what its promise gives, or throws its refusal. */
  abstract call(method: string, ...args: unknown[]): Promise<Result>;

  abstract end(): void;

  /** The code that a call is refused with; 0 when it is not. */
  async codeOf(method: string, ...args: unknown[]): Promise<number | undefined> {
    return this.call(method, ...args).then(
      () => 0,
      (error: OriginalError) => error.code,
    );
  }
}
