/** The schemas of every command's input and output. Total over COMMANDS: a missing one is a compile error. */
import type { Static, TSchema } from 'typebox';
import type { CommandName } from './commands.ts';
import * as conversationGroups from './conversation-groups/conversation-group.ts';
import * as conversations from './conversations/conversation-inputs.ts';
import * as deletion from './group-counters/delete-group-counters.ts';
import * as reading from './group-counters/get-group-counters.ts';
import * as updating from './group-counters/update-group-counters.ts';
import * as applications from './groups/group-applications.ts';
import * as attributes from './groups/group-attributes.ts';
import * as lifecycle from './groups/group-lifecycle.ts';
import * as membership from './groups/group-membership.ts';
import * as messages from './messages/message-inputs.ts';
import { Empty } from './schema-parts.ts';
import * as account from './users/account.ts';
import * as login from './users/login.ts';
import * as profile from './users/profile.ts';

export const SCHEMAS = {
  login: { input: login.LoginInput, output: login.LoginOutput },
  logout: { input: Empty, output: Empty },
  kickUser: { input: login.KickUserInput, output: Empty },
  importAccount: { input: account.ImportAccountInput, output: Empty },
  deleteAccount: { input: account.DeleteAccountInput, output: Empty },
  getUserProfile: { input: profile.GetUserProfileInput, output: profile.GetUserProfileOutput },
  updateMyProfile: { input: profile.UpdateMyProfileInput, output: profile.UpdateMyProfileOutput },
  createGroup: { input: lifecycle.CreateGroupInput, output: lifecycle.CreateGroupOutput },
  dismissGroup: { input: lifecycle.DismissGroupInput, output: lifecycle.GroupIDOutput },
  joinGroup: { input: membership.JoinGroupInput, output: membership.JoinGroupOutput },
  quitGroup: { input: membership.QuitGroupInput, output: lifecycle.GroupIDOutput },
  addGroupMember: { input: membership.AddGroupMemberInput, output: membership.AddGroupMemberOutput },
  deleteGroupMember: { input: membership.DeleteGroupMemberInput, output: membership.DeleteGroupMemberOutput },
  getGroupMemberList: {
    input: membership.GetGroupMemberListInput,
    output: membership.GetGroupMemberListOutput,
  },
  getGroupProfile: { input: lifecycle.GetGroupProfileInput, output: lifecycle.GroupOutput },
  updateGroupProfile: { input: lifecycle.UpdateGroupProfileInput, output: lifecycle.GroupOutput },
  changeGroupOwner: { input: lifecycle.ChangeGroupOwnerInput, output: lifecycle.GroupOutput },
  setGroupMemberRole: {
    input: membership.SetGroupMemberRoleInput,
    output: membership.MemberOutput,
  },
  setGroupMemberNameCard: {
    input: membership.SetGroupMemberNameCardInput,
    output: membership.MemberOutput,
  },
  setGroupMemberMuteTime: {
    input: membership.SetGroupMemberMuteTimeInput,
    output: membership.MemberOutput,
  },
  getGroupMemberProfile: {
    input: membership.GetGroupMemberProfileInput,
    output: membership.GetGroupMemberProfileOutput,
  },
  getGroupList: { input: lifecycle.GetGroupListInput, output: lifecycle.GetGroupListOutput },
  getGroupOnlineMemberCount: {
    input: membership.GetGroupOnlineMemberCountInput,
    output: membership.GetGroupOnlineMemberCountOutput,
  },
  searchGroupByID: { input: lifecycle.SearchGroupInput, output: lifecycle.SearchGroupOutput },
  getGroupApplicationList: {
    input: applications.GetGroupApplicationListInput,
    output: applications.GetGroupApplicationListOutput,
  },
  handleGroupApplication: {
    input: applications.HandleGroupApplicationInput,
    output: lifecycle.GroupIDOutput,
  },
  initGroupAttributes: { input: attributes.SetGroupAttributesInput, output: lifecycle.GroupIDOutput },
  setGroupAttributes: { input: attributes.SetGroupAttributesInput, output: lifecycle.GroupIDOutput },
  deleteGroupAttributes: {
    input: attributes.GroupAttributeKeysInput,
    output: attributes.DeleteGroupAttributesOutput,
  },
  getGroupAttributes: {
    input: attributes.GroupAttributeKeysInput,
    output: attributes.GetGroupAttributesOutput,
  },
  updateGroupCounters: {
    input: updating.UpdateGroupCountersInput,
    output: updating.UpdateGroupCountersOutput,
  },
  getGroupCounters: { input: reading.GetGroupCountersInput, output: reading.GetGroupCountersOutput },
  deleteGroupCounters: {
    input: deletion.DeleteGroupCountersInput,
    output: deletion.DeleteGroupCountersOutput,
  },
  sendMessage: { input: messages.SendMessageInput, output: messages.SendMessageOutput },
  revokeMessage: { input: messages.RevokeMessageInput, output: messages.MessageOutput },
  modifyMessage: { input: messages.ModifyMessageInput, output: messages.MessageOutput },
  deleteMessage: { input: messages.DeleteMessageInput, output: messages.DeleteMessageOutput },
  clearHistoryMessage: {
    input: messages.ClearHistoryMessageInput,
    output: conversations.ConversationIDOutput,
  },
  getMessageList: { input: messages.GetMessageListInput, output: messages.GetMessageListOutput },
  setMessageRead: { input: messages.SetMessageReadInput, output: messages.SetMessageReadOutput },
  getConversationList: {
    input: conversations.GetConversationListInput,
    output: conversations.GetConversationListOutput,
  },
  getConversationProfile: {
    input: conversations.GetConversationProfileInput,
    output: conversations.GetConversationProfileOutput,
  },
  deleteConversation: { input: conversations.DeleteConversationInput, output: conversations.PartialResult },
  pinConversation: { input: conversations.PinConversationInput, output: conversations.ConversationIDOutput },
  setMessageRemindType: {
    input: conversations.SetMessageRemindTypeInput,
    output: conversations.PartialResult,
  },
  markConversation: { input: conversations.MarkConversationInput, output: conversations.PartialResult },
  setConversationCustomData: {
    input: conversations.SetConversationCustomDataInput,
    output: conversations.PartialResult,
  },
  setAllMessageRead: {
    input: conversations.SetAllMessageReadInput,
    output: conversations.SetAllMessageReadOutput,
  },
  createConversationGroup: {
    input: conversationGroups.CreateConversationGroupInput,
    output: conversationGroups.ConversationGroupPartialResult,
  },
  deleteConversationGroup: {
    input: conversationGroups.DeleteConversationGroupInput,
    output: conversationGroups.ConversationGroupOutput,
  },
  renameConversationGroup: {
    input: conversationGroups.RenameConversationGroupInput,
    output: conversationGroups.ConversationGroupOutput,
  },
  addConversationsToGroup: {
    input: conversationGroups.ConversationGroupMembersInput,
    output: conversationGroups.ConversationGroupPartialResult,
  },
  deleteConversationsFromGroup: {
    input: conversationGroups.ConversationGroupMembersInput,
    output: conversationGroups.ConversationGroupPartialResult,
  },
  getConversationGroups: {
    input: conversationGroups.GetConversationGroupsInput,
    output: conversationGroups.GetConversationGroupsOutput,
  },
} as const satisfies Record<CommandName, { input: TSchema; output: TSchema }>;

export type CommandInput<Name extends CommandName> = Static<(typeof SCHEMAS)[Name]['input']>;
export type CommandOutput<Name extends CommandName> = Static<(typeof SCHEMAS)[Name]['output']>;
