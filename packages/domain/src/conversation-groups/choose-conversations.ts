/** Which of the conversations that a request names get into a conversation group (CG6, CG7). */
import { type ErrorName, limit, type PartialResult, parseConversationID } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { isHeld, isListedRow, rowOf } from '../conversation-view.ts';
import type { ConversationRow, ConversationsState } from '../conversations/conversation-state.ts';
import { partialResult } from '../partial-result.ts';
import type { ConversationGroupMember } from './conversation-group-state.ts';
import { conversationGroupsOf } from './find-conversation-group.ts';

export interface Admission {
  /** Whether only what is in the user's conversation list may be added, as our SDK and HTTP have it (CG6). */
  listedOnly: boolean;
}

export interface Choice extends Admission {
  /** Different ones, in the order of the request. */
  conversationIDs: ReadonlySet<string>;
  /** Who is in the conversation group already. */
  members: readonly ConversationGroupMember[];
}

export interface ChosenConversations {
  result: PartialResult;
  added: ConversationGroupMember[];
}

export function chooseConversations(
  state: ConversationsState,
  asker: Asker,
  { conversationIDs, members, listedOnly }: Choice,
): ChosenConversations {
  const most = limit('conversationsInGroups_perUser_max');
  const here = idsOf(members);
  const everywhere = idsOf(conversationGroupsOf(state).flatMap((each) => each.members));
  const added: ConversationGroupMember[] = [];
  const result = partialResult(conversationIDs, (conversationID) => {
    const row = rowOf(state, asker.userID, conversationID);
    const fault = faultOf(row);
    if (fault !== undefined) return fault;
    if (here.has(conversationID)) return undefined;
    if (listedOnly && !isListedRow(row)) return 'CONVERSATION_NOT_FOUND';
    if (everywhere.size >= most && !everywhere.has(conversationID)) return 'TOO_MANY_CONVERSATIONS';
    everywhere.add(conversationID);
    added.push({ conversationID, generation: row.group?.generation ?? 0 });
    return undefined;
  });
  return { result, added };
}

function idsOf(members: readonly ConversationGroupMember[]): Set<string> {
  return new Set(members.map(({ conversationID }) => conversationID));
}

/** Why a conversation can be in no conversation group at all. A one-to-one conversation needs no message yet. */
function faultOf(row: ConversationRow): ErrorName | undefined {
  if (parseConversationID(row.conversationID) === undefined) return 'BAD_CONVERSATION_ID';
  return isHeld(row) && row.group?.type !== 'AVChatRoom' ? undefined : 'CONVERSATION_UNRESOLVED';
}
