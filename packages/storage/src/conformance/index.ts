/**
 * One suite for every storage, decorators included: what the port promises, said as tests.
 *
 * The deciders here are simple ones of the suite's own, because it tests how decisions are kept and not the rules.
 */
import { describe } from 'vitest';
import { appOperations } from './app-operations.ts';
import { atomicity } from './atomicity.ts';
import { avChatRooms } from './av-chat-rooms.ts';
import { contention } from './contention.ts';
import { conversationGroups } from './conversation-groups.ts';
import { conversations } from './conversations.ts';
import { counters } from './counters.ts';
import { deviceOperations } from './device-operations.ts';
import { devices } from './devices.ts';
import type { Difference } from './differences.ts';
import { groupAttributes } from './group-attributes.ts';
import { groupLists } from './group-lists.ts';
import { groupMessages } from './group-messages.ts';
import { groups } from './groups.ts';
import { log } from './log.ts';
import { messagePages } from './message-pages.ts';
import { oneToOneMessages } from './one-to-one-messages.ts';
import { reopening } from './reopening.ts';
import { type OpenStorage, subjectOf } from './subject.ts';
import { users } from './users.ts';

export { DIFFERENCES, type Difference } from './differences.ts';
export type { Opened, OpenStorage } from './subject.ts';

const PARTS = {
  counters,
  atomicity,
  'operations of devices': deviceOperations,
  'operations of apps': appOperations,
  contention,
  groups,
  'lists of groups': groupLists,
  'attributes of groups': groupAttributes,
  AVChatRooms: avChatRooms,
  users,
  devices,
  'messages to users': oneToOneMessages,
  'messages to groups': groupMessages,
  'pages of messages': messagePages,
  conversations,
  'conversation groups': conversationGroups,
  log,
  reopening,
};

/** Registers the whole suite for one storage. `differences` are those of the closed list that it makes use of. */
export function describeStorage(
  name: string,
  open: OpenStorage,
  differences: readonly Difference[] = [],
): void {
  const subject = subjectOf(open, differences);
  describe(name, () => {
    for (const [title, part] of Object.entries(PARTS)) describe(title, () => part(subject));
  });
}
