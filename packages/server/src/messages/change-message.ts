/** What every change of one stored message does around its rule, in a group and between two users. */
import {
  type ConversationsChanges,
  type ConversationsState,
  chatOf,
  type Decision,
  type GroupChanges,
  type GroupState,
  refuse,
} from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { App } from '../app.ts';
import type { Call } from '../call.ts';
import { bothSides, changeConversations } from '../change-conversations.ts';
import { changeGroup } from '../change-group.ts';

interface MessageRules<Reply> {
  inGroup: (state: GroupState) => Decision<GroupChanges, Reply>;
  toUser: (state: ConversationsState) => Decision<ConversationsChanges, Reply>;
}

export async function changeMessage<Reply>(
  app: App,
  call: Call<'revokeMessage' | 'modifyMessage'>,
  { inGroup, toUser }: MessageRules<Reply>,
) {
  const { conversationID, sequence } = call.input;
  const named = parseConversationID(conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  if (named.type === 'GROUP')
    return changeGroup(app, call, { groupID: named.groupID, messages: [sequence], decide: inGroup });
  return changeConversations(app, call, {
    userIDs: [named.userID],
    conversations: bothSides(call.userID, named.userID),
    messages: { chat: chatOf(call.userID, named), sequenceList: [sequence] },
    decide: toUser,
  });
}
