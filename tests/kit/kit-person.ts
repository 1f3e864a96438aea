/** The test's side of somebody who uses a chat kit. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Muster } from '@muster/server/testing';
import type { KitAction } from './person.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const PERSON = fileURLToPath(new URL('./person.ts', import.meta.url));
const MAP = new URL('./map-chat.ts', import.meta.url).href;

/** `sdk` is what the kit's import of the original gives it. */
export class KitPerson {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastID = 0;

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on(
      'message',
      (answer: { id: number; result?: unknown; error?: { code: number; message: string } }) => {
        const waiting = this.waiting.get(answer.id);
        this.waiting.delete(answer.id);
        if (answer.error) waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
        else waiting?.resolve(answer.result);
      },
    );
    child.on('exit', (code) => {
      for (const { reject } of this.waiting.values())
        reject(new Error(`the kit's process ended with ${code}`));
    });
  }

  static async start(muster: Muster, userID: string, sdk: 'muster' | 'original'): Promise<KitPerson> {
    const { SDKAppID, proxyServer } = muster;
    const args = [String(SDKAppID), proxyServer, userID, muster.userSig(userID)];
    const child = fork(PERSON, args, {
      execArgv: sdk === 'muster' ? ['--import', MAP] : [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return new KitPerson(child);
  }

  do<Result>(action: KitAction, ...args: unknown[]): Promise<Result> {
    this.lastID += 1;
    const id = this.lastID;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.child.send({ id, action, args });
    });
  }

  async end(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
