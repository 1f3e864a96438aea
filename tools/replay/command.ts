/** The command line of the replay: what it takes, what it prints and its exit code. */
import { parseArgs } from 'node:util';
import type { ReplayOptions } from './replay.ts';
import { barOn, mismatchList, type Output, table } from './report.ts';
import type { FileReport } from './run.ts';

const USAGE = `npm run replay -- --logs <folder> [--as reader] [--storage sqlite:<file> | --storage postgres://…]

Replays chat logs, one file a channel and a day, one line a message:
  [HH:MM] <nick> text      [HH:MM]  * nick does something      === nick joins or leaves
Each *.log is a group. Its people join, and each message increases the counters lines, words, links, questions
and thanks, sent by its author. At the end every counter must be what a plain count of the file gives, at the
server and at every member; otherwise the exit code is 1.

With --as reader each message is sent as one, and a reader on two devices keeps the groups in a conversation group for
each year. At the end messages, order, unread counts and badges must be what the files give.
`;

export interface CommandParts {
  replay(options: ReplayOptions): Promise<FileReport[]>;
  replayAsReader(options: ReplayOptions): Promise<FileReport[]>;
  out: Output;
  /** Where the bar moves, and where mismatches are named. */
  err: Output;
}

/** The exit code: 0 when everything is exact, 1 when it is not or the replay failed, 2 when it was not understood. */
export async function replayCommand(args: string[], { out, err, ...parts }: CommandParts): Promise<number> {
  const asked = understand(args);
  if (typeof asked === 'string') {
    err.write(asked);
    return 2;
  }
  const bar = barOn(err);
  try {
    const { isReader, ...options } = asked;
    const replay = isReader ? parts.replayAsReader : parts.replay;
    const reports = await replay({ ...options, onProgress: bar.show });
    bar.clear();
    out.write(`${table(reports, isReader ? 'messages' : 'increases')}\n`);
    const mismatches = mismatchList(reports);
    for (const line of mismatches) err.write(`${line}\n`);
    return mismatches.length === 0 ? 0 : 1;
  } catch (error) {
    bar.clear();
    err.write(`replay: ${error instanceof Error ? error.stack : error}\n`);
    return 1;
  }
}

interface Asked extends Pick<ReplayOptions, 'logs' | 'storage'> {
  isReader: boolean;
}

/** What is asked for, or what to say to somebody who asked otherwise. */
function understand(args: string[]): Asked | string {
  const text = { type: 'string' } as const;
  try {
    const { logs, storage, as } = parseArgs({
      args,
      options: { logs: text, storage: text, as: text },
    }).values;
    if (as !== undefined && as !== 'reader') return `replay: --as takes reader, not ${as}\n\n${USAGE}`;
    return logs === undefined ? USAGE : { logs, storage, isReader: as === 'reader' };
  } catch (error) {
    return `replay: ${error instanceof Error ? error.message : error}\n\n${USAGE}`;
  }
}
