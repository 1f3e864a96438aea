/** Every command that dispatch carries out, with its handler: a missing one is a compile error. */
import type { CommandName } from '@muster/protocol';
import type { Handler } from './call.ts';
import { addConversationsToGroup } from './conversation-groups/add-conversations-to-group.ts';
import { createConversationGroup } from './conversation-groups/create-conversation-group.ts';
import { deleteConversationGroup } from './conversation-groups/delete-conversation-group.ts';
import { deleteConversationsFromGroup } from './conversation-groups/delete-conversations-from-group.ts';
import { getConversationGroups } from './conversation-groups/get-conversation-groups.ts';
import { renameConversationGroup } from './conversation-groups/rename-conversation-group.ts';
import { deleteConversation } from './conversations/delete-conversation.ts';
import { getConversationList } from './conversations/get-conversation-list.ts';
import { getConversationProfile } from './conversations/get-conversation-profile.ts';
import { markConversation } from './conversations/mark-conversation.ts';
import { pinConversation } from './conversations/pin-conversation.ts';
import { setAllMessageRead } from './conversations/set-all-message-read.ts';
import { setConversationCustomData } from './conversations/set-conversation-custom-data.ts';
import { setMessageRemindType } from './conversations/set-message-remind-type.ts';
import { deleteGroupCounters } from './group-counters/delete-group-counters.ts';
import { getGroupCounters } from './group-counters/get-group-counters.ts';
import { updateGroupCounters } from './group-counters/update-group-counters.ts';
import { addGroupMember } from './groups/add-group-member.ts';
import { changeGroupOwner } from './groups/change-group-owner.ts';
import { createGroup } from './groups/create-group.ts';
import { deleteGroupAttributes } from './groups/delete-group-attributes.ts';
import { deleteGroupMember } from './groups/delete-group-member.ts';
import { dismissGroup } from './groups/dismiss-group.ts';
import { getGroupApplicationList } from './groups/get-group-application-list.ts';
import { getGroupAttributes } from './groups/get-group-attributes.ts';
import { getGroupList } from './groups/get-group-list.ts';
import { getGroupMemberList } from './groups/get-group-member-list.ts';
import { getGroupMemberProfile } from './groups/get-group-member-profile.ts';
import { getGroupOnlineMemberCount } from './groups/get-group-online-member-count.ts';
import { getGroupProfile } from './groups/get-group-profile.ts';
import { handleGroupApplication } from './groups/handle-group-application.ts';
import { initGroupAttributes } from './groups/init-group-attributes.ts';
import { joinGroup } from './groups/join-group.ts';
import { quitGroup } from './groups/quit-group.ts';
import { searchGroupByID } from './groups/search-group-by-id.ts';
import { setGroupAttributes } from './groups/set-group-attributes.ts';
import { setGroupMemberMuteTime } from './groups/set-group-member-mute-time.ts';
import { setGroupMemberNameCard } from './groups/set-group-member-name-card.ts';
import { setGroupMemberRole } from './groups/set-group-member-role.ts';
import { updateGroupProfile } from './groups/update-group-profile.ts';
import { clearHistoryMessage } from './messages/clear-history-message.ts';
import { deleteMessage } from './messages/delete-message.ts';
import { getMessageList } from './messages/get-message-list.ts';
import { modifyMessage } from './messages/modify-message.ts';
import { revokeMessage } from './messages/revoke-message.ts';
import { sendMessage } from './messages/send-message.ts';
import { setMessageRead } from './messages/set-message-read.ts';
import { deleteAccount } from './users/delete-account.ts';
import { getUserProfile } from './users/get-user-profile.ts';
import { importAccount } from './users/import-account.ts';
import { kickUser } from './users/kick-user.ts';
import { updateMyProfile } from './users/update-my-profile.ts';

/** login and logout concern a connection: the WebSocket door carries them out. */
export type SessionCommand = 'login' | 'logout';

export const HANDLERS: { [Name in Exclude<CommandName, SessionCommand>]: Handler<Name> } = {
  kickUser,
  importAccount,
  deleteAccount,
  getUserProfile,
  updateMyProfile,
  createGroup,
  dismissGroup,
  joinGroup,
  quitGroup,
  addGroupMember,
  deleteGroupMember,
  getGroupMemberList,
  getGroupProfile,
  updateGroupProfile,
  changeGroupOwner,
  setGroupMemberRole,
  setGroupMemberNameCard,
  setGroupMemberMuteTime,
  getGroupMemberProfile,
  getGroupList,
  getGroupOnlineMemberCount,
  searchGroupByID,
  getGroupApplicationList,
  handleGroupApplication,
  initGroupAttributes,
  setGroupAttributes,
  deleteGroupAttributes,
  getGroupAttributes,
  updateGroupCounters,
  getGroupCounters,
  deleteGroupCounters,
  sendMessage,
  revokeMessage,
  modifyMessage,
  deleteMessage,
  clearHistoryMessage,
  getMessageList,
  setMessageRead,
  getConversationList,
  getConversationProfile,
  deleteConversation,
  pinConversation,
  setMessageRemindType,
  markConversation,
  setConversationCustomData,
  setAllMessageRead,
  createConversationGroup,
  deleteConversationGroup,
  renameConversationGroup,
  addConversationsToGroup,
  deleteConversationsFromGroup,
  getConversationGroups,
};
