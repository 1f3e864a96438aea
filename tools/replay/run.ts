/**
 * Replays one log: a group, a connection for each of its people, and every increase sent by its author in the order
 * of the lines. Then everything is held against the plain count of the file.
 */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Mismatch, mismatchesOf, viewsOf } from './compare.ts';
import { eachOf } from './each-of.ts';
import { KEYS, type Key, measure } from './measure.ts';
import { Member } from './member.ts';
import { authorsOf, type Message, parseLog } from './parse.ts';
import { logIn, type Server } from './people.ts';
import { plainCount } from './plain-count.ts';
import { userIDOf } from './user-ids.ts';

export interface Stage {
  server: Server;
  /** The device that makes the groups. */
  keeper: ChatSDK;
  /** Hears of each increase that was answered, and of how many there will be in the file. */
  onProgress: (answered: number, all: number) => void;
}

export interface Log {
  file: string;
  bytes: Uint8Array;
}

export interface FileReport {
  file: string;
  userIDs: string[];
  /** Increases or messages. */
  writes: number;
  seconds: number;
  mismatches: Mismatch[];
}

interface Increase {
  author: string;
  key: Key;
  value: number;
}

const LOGINS_AT_ONCE = 32;
const INCREASES_AT_ONCE = 512;
const GROUP_NAME_CHARACTERS = 10;

export async function replayLog(stage: Stage, { file, bytes }: Log): Promise<FileReport> {
  const begun = performance.now();
  const messages = parseLog(bytes);
  const name = file.slice(0, GROUP_NAME_CHARACTERS);
  const { data } = await stage.keeper.createGroup({ type: MusterChat.TYPES.GRP_MEETING, name });
  const { groupID } = data.group;
  const members = new Map<string, Member>();
  try {
    await eachOf(authorsOf(messages), LOGINS_AT_ONCE, async (nick) => {
      const userID = userIDOf(nick);
      const member = new Member(await logIn(stage.server, userID), userID, groupID);
      members.set(nick, member);
      await member.join();
    });
    const increases = increasesOf(messages);
    const results = await send(stage, increases, members);
    const { server } = stage;
    const views = await viewsOf({
      server,
      groupID,
      members: [...members.values()],
      expected: plainCount(bytes),
      results,
    });
    return {
      file,
      userIDs: [...members.values()].map(({ userID }) => userID),
      writes: increases.length,
      seconds: (performance.now() - begun) / 1_000,
      mismatches: mismatchesOf(file, views),
    };
  } finally {
    await eachOf(members.values(), LOGINS_AT_ONCE, (member) => member.leave());
    await stage.keeper.dismissGroup(groupID);
  }
}

/** One call for each counter that a message raises, as a page would make them. */
function increasesOf(messages: readonly Message[]): Increase[] {
  return messages.flatMap(({ author, text }) => {
    const amounts = measure(text);
    return KEYS.filter((key) => amounts[key] > 0).map((key) => ({ author, key, value: amounts[key] }));
  });
}

/** Sends them all, and gives the results of those of `lines`: each number from 1 on must be among them once (GC17). */
async function send(stage: Stage, increases: Increase[], members: Map<string, Member>): Promise<Set<number>> {
  const results = new Set<number>();
  let answered = 0;
  await eachOf(increases, INCREASES_AT_ONCE, async ({ author, key, value }) => {
    const member = members.get(author);
    if (!member) throw new Error(`nobody has joined as ${author}`);
    const result = await member.increase(key, value);
    if (key === 'lines') results.add(result);
    answered += 1;
    stage.onProgress(answered, increases.length);
  });
  return results;
}
