import { limit } from '@muster/protocol';

const SECOND_MS = 1_000;
const CALLS_MAX = limit('restCalls_perSecond_max');

/** How often each command of REST v4 was called in the present second (RS6). */
export class RestRate {
  private second = 0;
  private readonly calls = new Map<string, number>();

  /** Whether one more call of the command is allowed now; an allowed one is counted. */
  take(command: string, now: number): boolean {
    const second = Math.floor(now / SECOND_MS);
    if (second !== this.second) this.calls.clear();
    this.second = second;
    const called = this.calls.get(command) ?? 0;
    if (called >= CALLS_MAX) return false;
    this.calls.set(command, called + 1);
    return true;
  }
}
