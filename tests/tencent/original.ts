/** The original SDK as tests hold it: a process per user, its calls and its events. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Caller, OriginalError, type Result, type ServerAddress } from './caller.ts';

const PROCESS = fileURLToPath(new URL('./original-process.ts', import.meta.url));

export class Original extends Caller {
  private readonly server: ServerAddress;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (line: Result) => void>();
  private lastID = 0;

  private constructor(userID: string, server: ServerAddress, options: object) {
    super(userID);
    this.server = server;
    const { SDKAppID, proxyServer } = server;
    this.child = spawn(process.execPath, [PROCESS, JSON.stringify({ SDKAppID, proxyServer, ...options })], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.child;
    if (!stdout) throw new Error('the process has no output');
    createInterface(stdout).on('line', (line) => this.take(JSON.parse(line)));
    this.child.once('exit', (code) => this.take({ event: 'EXIT', data: code }));
  }

  /** The SDK, created and not logged in. */
  static async create(userID: string, server: ServerAddress, options: object = {}): Promise<Original> {
    const original = new Original(userID, server, options);
    const isSettled = (): boolean => original.heard.some(({ event }) => ['CREATED', 'EXIT'].includes(event));
    await original.until(isSettled, 'the original SDK is created');
    if (original.all('EXIT').length > 0) throw new Error('the process of the original SDK ended');
    return original;
  }

  /** The SDK, logged in and ready. */
  static async login(userID: string, server: ServerAddress, options: object = {}): Promise<Original> {
    const original = await Original.create(userID, server, options);
    await original.login();
    await original.hears('SDK_READY');
    return original;
  }

  login(userSig = this.server.userSig(this.userID)): Promise<Result> {
    return this.call('login', { userID: this.userID, userSig });
  }

  /** Calls a method; gives what its promise gives, or throws its refusal. */
  async call(method: string, ...args: unknown[]): Promise<Result> {
    this.lastID += 1;
    const id = this.lastID;
    const line = await new Promise<Result>((resolve) => {
      this.waiting.set(id, resolve);
      this.child.stdin?.write(`${JSON.stringify({ id, method, args })}\n`);
    });
    if (!line.ok) throw new OriginalError(line.error);
    return line.result;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  private take(line: Result): void {
    if (line.id === undefined) {
      this.hear(line);
      return;
    }
    this.waiting.get(line.id)?.(line);
    this.waiting.delete(line.id);
    this.look();
  }
}
