/**
 * A conversation as it is worked out from its rows and as it is shown (CV1). Groups, messages, conversations and
 * conversation groups all need it, and so it belongs to none of them.
 */
import {
  type ConversationState,
  type ConversationView,
  conversationOfGroup,
  type GroupType,
  parseConversationID,
  type Tally,
} from '@muster/protocol';
import type {
  ConversationRecord,
  ConversationRow,
  ConversationsState,
  ListedConversationRow,
} from './conversations/conversation-state.ts';
import type { GroupRecord, MemberRecord } from './groups/group-state.ts';
import { emptyProfile } from './users/user-state.ts';

const NOTHING: Tally = Object.freeze({ sequence: 0, counted: 0, own: 0 });

/** Names a user's conversation among those of all users. A line feed is in no userID (US1). */
export const conversationKey = (userID: string, conversationID: string): string =>
  `${userID}\n${conversationID}`;

/** A user's conversation among those that a rule is shown; one that the request did not name has nothing. */
export function rowOf(state: ConversationsState, userID: string, conversationID: string): ConversationRow {
  const row = state.conversations.get(conversationKey(userID, conversationID));
  return row ?? { conversationID, record: undefined, group: undefined, member: undefined, peer: undefined };
}

/** Whether there is such a conversation: the user is a member of the group, or it is one-to-one. */
export function isHeld({ conversationID, group, member }: ConversationRow): boolean {
  return conversationID.startsWith('C2C') || (group !== undefined && member !== undefined);
}

/** The record as it is stored, or as it begins. */
export function recordOf({ conversationID, record, group }: ConversationRow): ConversationRecord {
  if (record !== undefined) return record;
  return {
    conversationID,
    isPinned: false,
    messageRemindType: 'AcceptAndNotify',
    markList: [],
    customData: '',
    read: NOTHING,
    hiddenThrough: group === undefined ? 0 : -1,
    clearedThrough: 0,
    generation: group?.generation ?? 0,
    tally: NOTHING,
    appearedAt: 0,
    peerRead: { sequence: 0, time: 0 },
  };
}

/** How far the conversation has counted: a group's by the rows of the group and of its member. */
export function tallyOf(row: ConversationRow): Tally {
  const { group, member } = row;
  if (group === undefined) return recordOf(row).tally;
  return { sequence: group.messageSeq, counted: group.messagesCounted, own: member?.ownCounted ?? 0 };
}

/** How far the user has read; in a group at least what was said before he joined. */
export function effectiveRead(row: ConversationRow): Tally {
  const { read } = recordOf(row);
  const { member } = row;
  if (member === undefined || read.sequence > member.joinSequence) return read;
  return { sequence: member.joinSequence, counted: member.joinCounted, own: 0 };
}

/** The last sequence that the list shows nothing of: what is not above it is cleared, or from before the joining. */
export function visibleAfter(row: ConversationRow): number {
  return Math.max(recordOf(row).clearedThrough, row.member?.joinSequence ?? 0);
}

/** What is told of the conversation when its user changes it. */
export function stateOf(row: ConversationRow): ConversationState {
  const { conversationID, isPinned, messageRemindType, markList, customData, hiddenThrough, clearedThrough } =
    recordOf(row);
  const read = effectiveRead(row);
  const flags = { conversationID, isPinned, messageRemindType, markList: [...markList], customData };
  return { ...flags, read, hiddenThrough, clearedThrough };
}

export function conversationViewOf(row: ListedConversationRow): ConversationView {
  const { appearedAt } = recordOf(row);
  return {
    state: stateOf(row),
    tally: tallyOf(row),
    appearedAt: row.member === undefined ? appearedAt : row.member.joinTime * 1_000,
    lastMessage: row.lastMessage ?? null,
    mentions: [...row.mentions],
    peer: peerOf(row),
  };
}

function peerOf(row: ConversationRow): ConversationView['peer'] {
  const other = parseConversationID(row.conversationID);
  if (other?.type !== 'C2C') return null;
  const { sequence, time } = recordOf(row).peerRead;
  const profile = row.peer?.profile ?? emptyProfile(other.userID);
  return { profile, readSequence: sequence, readTime: time };
}

/** The conversation of a group that somebody has just come into. */
export function freshConversationView(group: GroupRecord, member: MemberRecord): ConversationView {
  const conversationID = conversationOfGroup(group.groupID);
  const row = { conversationID, record: undefined, group, member, peer: undefined };
  return conversationViewOf({ ...row, lastMessage: undefined, mentions: [] });
}

type Listed = Pick<ConversationView, 'tally' | 'state'>;

/** Whether the conversation is in its user's list: something was said since he deleted it from there (CV1, CV2). */
export function isListed({ tally, state }: Listed): boolean {
  return tally.sequence > state.hiddenThrough;
}

/** The same of a row, whose user may not be in the group. */
export function isListedRow(row: ConversationRow): boolean {
  return isHeld(row) && tallyOf(row).sequence > recordOf(row).hiddenThrough;
}

/** What was said by others since the user read; a Meeting and an AVChatRoom count nothing (MS3). */
export function unreadCountOf({ tally, state: { read } }: Listed, groupType?: GroupType): number {
  if (groupType === 'Meeting' || groupType === 'AVChatRoom') return 0;
  return Math.max(0, tally.counted - read.counted - (tally.own - read.own));
}

/** Pinned ones first, then the newest; an empty one by when it appeared, the rest by id (CV1). */
export function inListOrder<View extends ConversationView>(views: readonly View[]): View[] {
  return [...views].sort(compare);
}

function compare(a: ConversationView, b: ConversationView): number {
  if (a.state.isPinned !== b.state.isPinned) return a.state.isPinned ? -1 : 1;
  const later = (b.lastMessage?.timestamp ?? b.appearedAt) - (a.lastMessage?.timestamp ?? a.appearedAt);
  if (later !== 0) return later;
  return a.state.conversationID < b.state.conversationID ? -1 : 1;
}
