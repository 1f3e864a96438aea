/** Holds what the reader's devices show against what the files hold. */
import type { AnyMessage, ChatSDK, Conversation } from '@muster/chat';
import type { Mismatch } from '../compare.ts';
import type { Message } from '../parse.ts';
import { userIDOf } from '../user-ids.ts';

/** A log that was said. */
export interface SaidLog {
  file: string;
  year: string;
  groupID: string;
  messages: readonly Message[];
  /** The lines by a count of its own that does not share the faults of the parser. */
  lines: number;
}

const ARRIVAL_MS_MAX = 20_000;
const ARRIVAL_POLL_MS = 20;

/** What one device shows of one log's conversation. */
export async function conversationMismatches(
  whose: string,
  device: ChatSDK,
  log: SaidLog,
): Promise<Mismatch[]> {
  const conversation = await conversationOf(device, log);
  const last = log.messages.at(-1);
  const isLast = conversation?.lastMessage.fromAccount === (last && userIDOf(last.author));
  return differences(log.file, [
    [`unread at ${whose}`, log.lines, conversation?.unreadCount ?? -1],
    [`last sequence at ${whose}`, log.lines, conversation?.lastMessage.lastSequence ?? -1],
    [`author of the last message at ${whose}`, 1, Number(isLast)],
  ]);
}

/** The whole history, read page by page: each line by its author with its text, in the order of the file. */
export async function historyMismatches(device: ChatSDK, log: SaidLog): Promise<Mismatch[]> {
  const history = await historyOf(device, log.groupID);
  const isWrong = (message: AnyMessage, at: number) => {
    const line = log.messages[at];
    const text = message.type === 'TIMTextElem' ? message.payload.text : '';
    return (
      !line || message.from !== userIDOf(line.author) || text !== line.text || message.sequence !== at + 1
    );
  };
  return differences(log.file, [
    ['messages in the history', log.lines, history.length],
    ['messages that are not the lines of the file', 0, history.filter(isWrong).length],
  ]);
}

/** The conversation groups of one device: a year each, with its logs in it and the sum of their lines as its badge. */
export async function folderMismatches(
  whose: string,
  device: ChatSDK,
  logs: readonly SaidLog[],
  isRead: (year: string) => boolean,
): Promise<Mismatch[]> {
  const { data } = await device.getConversationGroups();
  const years = [...new Set(logs.map(({ year }) => year))];
  const folders = new Map(data.map((folder) => [folder.groupName, folder]));
  const rows = years.flatMap((year): [string, number, number][] => {
    const own = logs.filter((log) => log.year === year);
    const folder = folders.get(year);
    const members = new Set(folder?.conversationIDList);
    const unread = isRead(year) ? 0 : own.reduce((sum, { lines }) => sum + lines, 0);
    const unreadLogs = isRead(year) ? 0 : own.filter(({ lines }) => lines > 0).length;
    return [
      [`badge of ${year} at ${whose}`, unread, folder?.unreadCount ?? -1],
      [`unread conversations of ${year} at ${whose}`, unreadLogs, folder?.unreadConversationCount ?? -1],
      [`members of ${year} at ${whose}`, own.length, members.size],
      [
        `members of ${year} that are its logs at ${whose}`,
        own.length,
        own.filter(({ groupID }) => members.has(`GROUP${groupID}`)).length,
      ],
    ];
  });
  return differences('all', [[`conversation groups at ${whose}`, years.length, data.length], ...rows]);
}

/** Waits until a device has heard of so many unread messages, or for so long that the rest will not come. */
export async function arrival(device: ChatSDK, unread: number): Promise<void> {
  const deadline = performance.now() + ARRIVAL_MS_MAX;
  while (device.getTotalUnreadMessageCount() !== unread && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL_POLL_MS));
}

async function conversationOf(device: ChatSDK, { groupID }: SaidLog): Promise<Conversation | undefined> {
  const { data } = await device.getConversationList([`GROUP${groupID}`]);
  return data.conversationList[0];
}

async function historyOf(device: ChatSDK, groupID: string): Promise<AnyMessage[]> {
  const pages: AnyMessage[][] = [];
  for (let nextReqMessageID = '', isCompleted = false; !isCompleted; ) {
    const { data } = await device.getMessageList({ conversationID: `GROUP${groupID}`, nextReqMessageID });
    pages.push(data.messageList);
    ({ nextReqMessageID, isCompleted } = data);
  }
  return pages.reverse().flat();
}

function differences(file: string, rows: [what: string, expected: number, actual: number][]): Mismatch[] {
  return rows
    .filter(([, expected, actual]) => expected !== actual)
    .map(([what, expected, actual]) => ({ file, what, expected, actual }));
}
