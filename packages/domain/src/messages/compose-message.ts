/** Making a message of what its sender asks for and what the server knows of him. */
import {
  type Message,
  type Profile,
  parseConversationID,
  type SendMessageInput,
  type SendMessageOutput,
} from '@muster/protocol';
import type { Asker } from '../asker.ts';
import type { ConversationsState } from '../conversations/conversation-state.ts';
import { type Refusal, refuse } from '../decision.ts';
import { isMember, livingGroup, roleOf } from '../group-roles.ts';
import type { GroupState } from '../groups/group-state.ts';
import { isRefusal } from '../texts.ts';
import { secondsOf } from '../times.ts';
import { contentOf, mentionedBy } from './message-arguments.ts';

type ContentRefusal = Refusal<'BAD_ARGUMENT_VALUE' | 'MESSAGE_TOO_LARGE'>;

/** A message to a group, not numbered yet, or why the asker may not say it there. */
export function messageToGroup(
  state: GroupState,
  asker: Asker,
  input: SendMessageInput,
): Message | ContentRefusal | Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED' | 'MUTED'> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  return (
    refuseSpeaking(state, asker) ??
    messageOf(input, asker, {
      conversationType: 'GROUP',
      to: group.groupID,
      profile: state.profiles?.get(asker.userID),
      nameCard: state.members.get(asker.userID)?.nameCard ?? '',
    })
  );
}

/** Members may speak, unless they are muted (GR6), and administrators anywhere. */
function refuseSpeaking(state: GroupState, asker: Asker): Refusal<'NOT_PERMITTED' | 'MUTED'> | undefined {
  if (asker.isAdministrator) return undefined;
  if (!isMember(state, asker.userID)) return refuse('NOT_PERMITTED', 'Only a member may speak in the group.');
  const role = roleOf(state, asker.userID);
  if (role === 'Owner') return undefined;
  const { muteUntil = 0 } = state.members.get(asker.userID) ?? {};
  if (muteUntil > secondsOf(asker.now)) return refuse('MUTED', `You are muted until ${muteUntil} (seconds).`);
  if (role === 'Member' && livingGroup(state)?.muteAllMembers === true)
    return refuse('MUTED', 'All members of the group are muted.');
  return undefined;
}

/** A message to a user, not numbered yet. He has logged in once (MS1). */
export function messageToUser(
  state: ConversationsState,
  asker: Asker,
  input: SendMessageInput,
): Message | ContentRefusal | Refusal<'BAD_CONVERSATION_ID' | 'USER_NOT_FOUND'> {
  const other = parseConversationID(input.conversationID);
  if (other?.type !== 'C2C') return refuse('BAD_CONVERSATION_ID');
  if (!state.users.has(other.userID)) return refuse('USER_NOT_FOUND');
  return messageOf(input, asker, {
    conversationType: 'C2C',
    to: other.userID,
    profile: state.users.get(asker.userID)?.profile,
    nameCard: '',
  });
}

interface Envelope {
  conversationType: 'C2C' | 'GROUP';
  to: string;
  profile: Profile | undefined;
  nameCard: string;
}

function messageOf(
  input: SendMessageInput,
  asker: Asker,
  { conversationType, to, profile, nameCard }: Envelope,
): Message | ContentRefusal {
  const content = contentOf(input.type, input);
  if (isRefusal(content)) return content;
  const atUserList = mentionedBy(conversationType, input.atUserList);
  if (isRefusal(atUserList)) return atUserList;
  return {
    sequence: 0,
    random: input.random,
    conversationType,
    from: asker.userID,
    to,
    type: input.type,
    payload: content.payload,
    timestamp: asker.now,
    clientTime: input.clientTime,
    priority: input.priority ?? 'Normal',
    nick: profile?.nick ?? '',
    avatar: profile?.avatar ?? '',
    nameCard,
    atUserList,
    cloudCustomData: content.cloudCustomData,
    needReadReceipt: input.needReadReceipt ?? false,
    isModified: false,
    isRevoked: false,
    revoker: '',
    revokeReason: '',
    ...(input.clientSequence === undefined ? {} : { clientSequence: input.clientSequence }),
    ...(input.excludedFromUnreadCount ? { excludedFromUnreadCount: true } : {}),
    ...(input.excludedFromLastMessage ? { excludedFromLastMessage: true } : {}),
  };
}

/** What the sender is answered. */
export function sentMessageOf({ sequence, timestamp, nick, avatar, nameCard }: Message): SendMessageOutput {
  return { sequence, timestamp, nick, avatar, nameCard };
}
