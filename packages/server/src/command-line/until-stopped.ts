import type { Logger } from 'pino';
import type { RunningServer } from '../server.ts';

/** Serves until the process is told to stop, then stops gracefully. Gives the exit code (SE5). */
export function untilStopped(server: RunningServer, log: Logger): Promise<number> {
  return new Promise((resolve) => {
    // A terminal and npm may both pass the same signal on, so a second one asks for nothing new.
    const stop = (signal: string): void => {
      log.info({ signal }, 'stopping');
      server.close().then(
        () => resolve(0),
        (cause) => {
          log.error({ err: cause }, 'the server did not stop cleanly');
          resolve(1);
        },
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
  });
}
