/** What every change of one stored message does around its rule, in a group and between two users. */
import {
  type ConversationsChanges,
  type ConversationsState,
  type Decision,
  type GroupChanges,
  type GroupState,
  refuse,
} from '@muster/domain';
import type { App } from '../app.ts';
import type { Call } from '../call.ts';
import { bothSides, changeConversations, chatOf } from '../change-conversations.ts';
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
  const named = chatOf(call, conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  if (named.type === 'GROUP')
    return changeGroup(app, call, { groupID: named.groupID, messages: [sequence], decide: inGroup });
  return changeConversations(app, call, {
    userIDs: [named.userID],
    conversations: bothSides(call.userID, named.userID),
    messages: { chat: named.chat, sequenceList: [sequence] },
    decide: toUser,
  });
}
