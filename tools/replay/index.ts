/** `npm run replay -- --logs <folder>`: real chat logs as increases of counters, and whether those are exact. */
import { replayCommand } from './command.ts';
import { replay } from './replay.ts';

process.exitCode = await replayCommand(process.argv.slice(2), {
  replay,
  out: process.stdout,
  err: process.stderr,
});
