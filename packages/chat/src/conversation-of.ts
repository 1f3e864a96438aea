/** Conversations as an app gets them (CV1, DI5), and what is counted over them (CV2, CG17). */
import type { ConversationView, GroupProfile } from '@muster/protocol';
import { TYPES } from './constants/types.ts';
import { copyOf } from './copy-of.ts';
import { foreignGroupOf, groupOf } from './group-of.ts';
import { lastMessageOf } from './last-message.ts';
import { groupIDOf, unreadCountOf } from './memory/conversations.ts';
import type { Mirror } from './memory/mirror.ts';
import type { Conversation } from './types/conversations.ts';

/** A view is replaced when anything changes that its conversation shows. */
const shown = new WeakMap<ConversationView, Conversation>();

/** The same object as long as nothing has changed. */
export function conversationOf(mirror: Mirror, view: ConversationView): Conversation {
  const conversation = shown.get(view) ?? newConversationOf(mirror, view);
  shown.set(view, conversation);
  return conversation;
}

/** Those of the list that are wanted, in its order. */
export function conversationListOf(
  mirror: Mirror,
  isWanted: (view: ConversationView) => boolean = () => true,
): Conversation[] {
  const views = mirror.heldConversations.listed().filter(isWanted);
  return views.map((view) => conversationOf(mirror, view));
}

/** `foreign` is the group's profile when the user is not in it. */
export function newConversationOf(
  mirror: Mirror,
  view: ConversationView,
  foreign?: GroupProfile | null,
): Conversation {
  const { state, peer, mentions } = view;
  const { conversationID, isPinned, messageRemindType, customData } = state;
  const groupID = groupIDOf(conversationID);
  const group = mirror.heldGroups.get(groupID as string);
  const groupProfile = group ? groupOf(group, view) : foreign ? foreignGroupOf(foreign) : undefined;
  return {
    conversationID,
    type: peer ? TYPES.CONV_C2C : TYPES.CONV_GROUP,
    subType: groupProfile?.type ?? '',
    lastMessage: lastMessageOf(view),
    unreadCount: unreadOf(mirror, view),
    isPinned,
    messageRemindType,
    markList: state.markList.map((mark) => 2 ** mark),
    customData,
    conversationGroupList: mirror.heldConversationGroups.of(conversationID),
    groupAtInfoList: mentions.map(({ from, sequence, isAll }) => ({
      from,
      groupID,
      messageSequence: sequence,
      atTypeArray: [isAll ? TYPES.CONV_AT_ALL : TYPES.CONV_AT_ME],
    })),
    remark: '',
    draftText: mirror.heldConversations.drafts.get(conversationID) ?? '',
    peerReadTime: peer?.readTime ?? 0,
    ...(peer ? { userProfile: copyOf(peer.profile) } : { groupProfile }),
  } as Conversation;
}

/** A Meeting counts nothing, and an AVChatRoom has no conversation (MS3). */
export function unreadOf({ heldGroups }: Mirror, view: ConversationView): number {
  const group = heldGroups.get(groupIDOf(view.state.conversationID) as string);
  return group?.profile.type === 'Meeting' ? 0 : unreadCountOf(view);
}

/** Over those of the list that are wanted and whose messages are announced (CG17). */
export function unreadFigures(mirror: Mirror, isWanted: (view: ConversationView) => boolean = () => true) {
  const counts = mirror.heldConversations
    .listed()
    .filter((view) => view.state.messageRemindType === 'AcceptAndNotify' && isWanted(view))
    .map((view) => unreadOf(mirror, view));
  return {
    unreadCount: counts.reduce((sum, count) => sum + count, 0),
    unreadConversationCount: counts.filter((count) => count > 0).length,
  };
}

export function totalUnreadOf(mirror: Mirror): number {
  return unreadFigures(mirror).unreadCount;
}
