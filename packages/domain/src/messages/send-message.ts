import {
  type CommandError,
  conversationOfGroup,
  groupScope,
  type SendMessageInput,
  type SendMessageOutput,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { livingGroup } from '../group-roles.ts';
import type { GroupChanges, GroupState } from '../groups/group-state.ts';
import { isRefusal } from '../texts.ts';
import { messageToGroup, sentMessageOf } from './compose-message.ts';
import { groupChat } from './message-state.ts';

/**
 * Says a message to a group that keeps it (MS1, MS2). However many members there are, the group's row and the
 * sender's change and one event is told: what each member has not read is worked out from those rows.
 */
export function sendMessage(
  state: GroupState,
  asker: Asker,
  input: SendMessageInput,
): Decision<GroupChanges, SendMessageOutput, CommandError<'sendMessage'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  // Whoever asks has seen that the group keeps messages; the groupID may have been taken again meanwhile.
  if (group.type === 'AVChatRoom') return refuse('NOT_PERMITTED', 'An AVChatRoom keeps no messages.');
  const composed = messageToGroup(state, asker, input);
  if (isRefusal(composed)) return composed;

  const { groupID } = group;
  const sequence = group.messageSeq + 1;
  const message = { ...composed, sequence };
  const counted = message.excludedFromUnreadCount ? 0 : 1;
  const changes: GroupChanges = {
    group: { ...group, messageSeq: sequence, messagesCounted: group.messagesCounted + counted },
    message: { chat: groupChat(groupID), message },
  };
  const member = state.members.get(asker.userID);
  if (member !== undefined && counted > 0) {
    changes.members = [[asker.userID, { ...member, ownCounted: member.ownCounted + counted }]];
  }
  const event = { name: 'messageSent', conversationID: conversationOfGroup(groupID), message } as const;
  return accept(changes, sentMessageOf(message), [tell(groupScope(groupID), event, asker.by)]);
}
