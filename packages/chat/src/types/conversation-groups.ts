/** Conversation groups: named folders of conversations that belong to one user (CG). */
import type { PartialResult } from './conversations.ts';
import type { ChatResponse, OperationOptions } from './results.ts';

export interface ConversationGroupOptions extends OperationOptions {
  /** At most 100 different ids (CG7). */
  conversationIDList: string[];
  /** 1 to 32 bytes of UTF-8 without control characters, taken exactly as given (CG2). */
  groupName: string;
}

export interface RenameConversationGroupOptions extends OperationOptions {
  oldName: string;
  /** 1 to 32 bytes of UTF-8 without control characters (CG2). */
  newName: string;
}

/** A conversation group with its badge. Ours (CG17). */
export interface ConversationGroup {
  /** Survives renaming and is never given twice (CG3). */
  conversationGroupID: number;
  groupName: string;
  /** All members, also those that are not in the list just now. */
  conversationIDList: string[];
  /** Unread messages of its conversations whose remind type is `AcceptAndNotify`. */
  unreadCount: number;
  /** How many of those conversations have any. */
  unreadConversationCount: number;
}

/**
 * Every change raises its events at every device of the user, the caller's included, once and only when something
 * changed; inside a handler every read shows the change (CG13, CG14). A user has at most 20 conversation groups
 * (CG1) and 1,000 conversations in them together (CG7).
 *
 * In the partial results: 2503 malformed id · 51007 no such group, one that keeps no conversation, or not a member ·
 * 51008 over the 1,000 · 2500 not in the conversation list, when adding (CG6).
 */
export interface ConversationGroupMethods {
  /** The names, in creation order. From memory (CG10). */
  getConversationGroupList(): Promise<ChatResponse<string[]>>;

  /** Each with its id, its members and its unread figures. From memory. Ours (CG17). */
  getConversationGroups(): Promise<ChatResponse<ConversationGroup[]>>;

  /**
   * Creates one, with or without conversations, also when every one of them failed (CG5).
   *
   * Rejects 51011 bad name · 51006 more than 100 conversations · 52001 name taken · 51010 it would be the 21st.
   */
  createConversationGroup(options: ConversationGroupOptions): Promise<ChatResponse<PartialResult>>;

  /** Rejects 51009 no such conversation group (CG4). Its conversations stay in the list. */
  deleteConversationGroup(groupName: string): Promise<ChatResponse<{ groupName: string }>>;

  /** Keeps its id and its place. Rejects 51011 bad new name · 51009 no such one · 52001 name taken (CG3). */
  renameConversationGroup(
    options: RenameConversationGroupOptions,
  ): Promise<ChatResponse<{ groupName: string }>>;

  /** One that is in already succeeds (CG6). Rejects 51009 no such one · 51006 none, or more than 100. */
  addConversationsToGroup(options: ConversationGroupOptions): Promise<ChatResponse<PartialResult>>;

  /** One that is not in succeeds (CG6). Rejects 51009 no such one · 51006 none, or more than 100. */
  deleteConversationsFromGroup(options: ConversationGroupOptions): Promise<ChatResponse<PartialResult>>;
}
