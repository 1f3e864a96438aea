/** `npm run replay -- --logs <folder>`: real chat logs as increases or as messages, and whether all is exact. */
import { replayCommand } from './command.ts';
import { replayAsReader } from './reader/replay-reader.ts';
import { replay } from './replay.ts';

process.exitCode = await replayCommand(process.argv.slice(2), {
  replay,
  replayAsReader,
  out: process.stdout,
  err: process.stderr,
});
