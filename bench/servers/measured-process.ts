/** The side of a server's process: it measures itself, and answers to the process that started it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Question, Ready, ServerAnswer, ServerReport } from './questions.ts';

/** Counts that only rise. */
export interface Counts {
  commits: number;
  operations: number;
  tooSlow: number;
}

export interface MeasuredServer {
  url: string;
  counts(): Counts | Promise<Counts>;
  begin?(groupID: string): void | Promise<void>;
  close(): void | Promise<void>;
}

/** The monitor looks once in so many milliseconds, so that this much of what it sees is no stall. */
const RESOLUTION_MS = 1;

export function serve(server: MeasuredServer): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let cpu = process.cpuUsage();
  let mainCpu = process.threadCpuUsage();
  let before: Counts = { commits: 0, operations: 0, tooSlow: 0 };

  const clear = async (): Promise<void> => {
    before = { ...(await server.counts()) };
    cpu = process.cpuUsage();
    mainCpu = process.threadCpuUsage();
    delay.reset();
  };
  const report = async (): Promise<ServerReport> => {
    const stallMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
    const all = process.cpuUsage(cpu);
    const main = process.threadCpuUsage(mainCpu);
    const rssBytes = process.memoryUsage.rss();
    const now = await server.counts();
    // Last, because it takes its time.
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return {
      stallMs,
      cpuMs: (all.user + all.system) / 1_000,
      mainCpuMs: (main.user + main.system) / 1_000,
      rssBytes,
      liveBytes: heapUsed + external,
      commits: now.commits - before.commits,
      operations: now.operations - before.operations,
      tooSlow: now.tooSlow - before.tooSlow,
    };
  };
  const carryOut = async ({ ask, groupID = '' }: Question): Promise<{ report?: ServerReport }> => {
    if (ask === 'begin') await server.begin?.(groupID);
    if (ask === 'clear') await clear();
    if (ask === 'stop') await server.close();
    return ask === 'report' ? { report: await report() } : {};
  };
  const send = (message: Ready | ServerAnswer): void => void process.send?.(message);

  process.on('message', (question: Question) => {
    carryOut(question)
      .then((answer) => send({ id: question.id, ...answer }))
      .catch((cause: Error) => send({ id: question.id, fault: cause.stack ?? cause.message }))
      .finally(() => {
        if (question.ask === 'stop') process.disconnect();
      });
  });
  // Whoever started it is gone: nobody will ask any more. A clean end also writes a profile that was asked for.
  process.on('disconnect', () => setImmediate(() => process.exit()));
  send({ url: server.url });
}
