/** Conversations: one user's views of his chats, in step over all his devices (CV). */
import type { TYPES } from '../constants/types.ts';
import type { Group } from './groups.ts';
import type { MessagePayload } from './payloads.ts';
import type { ChatResponse, NoData, OperationOptions } from './results.ts';
import type { Profile } from './users.ts';
import type { ConversationType, MessageRemindType, MessageType, OneOf } from './vocabulary.ts';

/** A changed conversation is a new object, an unchanged one keeps its identity (DI5). */
export interface Conversation {
  /** `C2C<userID>`, `GROUP<groupID>`, or the reserved `@TIM#SYSTEM`. */
  conversationID: string;
  type: ConversationType;
  /** The type of its group; `''` for a one-to-one chat. */
  subType: string;
  lastMessage: LastMessage;
  /** Always 0 for Meeting and AVChatRoom (MS3). */
  unreadCount: number;
  isPinned: boolean;
  messageRemindType: MessageRemindType;
  /** The marks that are set, such as `TYPES.CONV_MARK_TYPE_STAR`. */
  markList: number[];
  customData: string;
  /** The names of the conversation groups it is in. */
  conversationGroupList: string[];
  /** Messages that named the user, or everybody, since he last read. */
  groupAtInfoList: GroupAtInfo[];
  /** Always `''`: friends, whom one gives remarks, are not built. */
  remark: string;
  /** Known to this device alone. */
  draftText: string;
  /** How far the other side of a one-to-one chat has read: seconds since 1970. */
  peerReadTime: number;
  /** Present when `type` is `GROUP`. */
  groupProfile: Group;
  /** Present when `type` is `C2C`. */
  userProfile: Profile;
}

export interface GroupAtInfo {
  from: string;
  groupID: string;
  messageSequence: number;
  /** Such as `TYPES.CONV_AT_ME`. */
  atTypeArray: number[];
}

/** The newest message; in an empty conversation the same fields with empty values. */
export interface LastMessage {
  /** Seconds since 1970; 0 in an empty conversation. */
  lastTime: number;
  lastSequence: number;
  fromAccount: string;
  /** A text message's text, else the label of its type. */
  messageForShow: string;
  type: MessageType | '';
  payload: MessagePayload | null;
  isRevoked: boolean;
  /** Who took it back, or `null`. */
  revoker: string | null;
  nick: string;
  nameCard: string;
  cloudCustomData: string;
  isPeerRead: boolean;
}

/** Conditions that must all be met (CG12). */
export interface GetConversationListOptions {
  type?: OneOf<ConversationType>;
  /** `''` means those in no conversation group; an unknown name gives none. */
  groupName?: string;
  markType?: number;
  hasUnreadCount?: boolean;
  hasGroupAtInfo?: boolean;
}

export interface DeleteConversationOptions extends OperationOptions {
  conversationIDList: string[];
  /** Whether the history goes too; it does when this is left out. */
  clearHistoryMessage?: boolean;
}

export interface SetConversationDraftOptions {
  conversationID: string;
  draftText: string;
}

export interface PinConversationOptions extends OperationOptions {
  conversationID: string;
  isPinned: boolean;
}

export interface SetMessageRemindTypeOptions extends OperationOptions {
  /** One group; or `userIDList`. */
  groupID?: string;
  /** The other sides of one-to-one chats; or `groupID`. */
  userIDList?: string[];
  messageRemindType: OneOf<MessageRemindType>;
}

export interface SetAllMessageReadOptions extends OperationOptions {
  /** All when left out. */
  scope?: OneOf<TYPES.READ_ALL_C2C_MSG | TYPES.READ_ALL_GROUP_MSG | TYPES.READ_ALL_MSG>;
}

export interface MarkConversationOptions extends OperationOptions {
  conversationIDList: string[];
  /** Bits, such as `TYPES.CONV_MARK_TYPE_STAR`. */
  markType: number;
  enableMark: boolean;
}

export interface SetConversationCustomDataOptions extends OperationOptions {
  conversationIDList: string[];
  /** Up to 256 bytes. */
  customData: string;
}

/** Each conversation asked for stands in one of the lists, in the order of the request. */
export interface PartialResult {
  successConversationIDList: string[];
  failureConversationIDList: ConversationFailure[];
}

export interface ConversationFailure {
  conversationID: string;
  code: number;
  message: string;
}

/**
 * Every write raises `CONVERSATION_LIST_UPDATED` at every device of the user, the draft at this one alone, and
 * resolves when this device shows it (DL9). An id that is not in the list gives 2500, a malformed one 2503.
 */
export interface ConversationMethods {
  /**
   * All conversations, pinned ones first, then the newest (CV1); with a list of ids those that exist of them; with
   * conditions those that meet all (CG12). From memory.
   */
  getConversationList(
    options?: string[] | GetConversationListOptions,
  ): Promise<ChatResponse<{ conversationList: Conversation[]; isSyncCompleted: boolean }>>;

  /** One conversation, also one that does not exist yet (CV2). Rejects 2503 when the id is malformed. */
  getConversationProfile(conversationID: string): Promise<ChatResponse<{ conversation: Conversation }>>;

  /** Takes one or several out of the list. They stay in their conversation groups, for when they come back (CG15). */
  deleteConversation(conversationID: string): Promise<ChatResponse<{ conversationID: string }>>;
  deleteConversation(options: DeleteConversationOptions): Promise<ChatResponse<PartialResult>>;
  deleteConversation(
    options: string | DeleteConversationOptions,
  ): Promise<ChatResponse<{ conversationID: string } | PartialResult>>;

  pinConversation(options: PinConversationOptions): Promise<ChatResponse<{ conversationID: string }>>;

  setMessageRemindType(options: SetMessageRemindTypeOptions): Promise<ChatResponse<RemindTypeResult>>;

  markConversation(options: MarkConversationOptions): Promise<ChatResponse<PartialResult>>;

  setConversationCustomData(options: SetConversationCustomDataOptions): Promise<ChatResponse<PartialResult>>;

  /** Kept by this device alone, and sent nowhere. */
  setConversationDraft(
    options: SetConversationDraftOptions,
  ): Promise<ChatResponse<{ conversation: Conversation }>>;

  setAllMessageRead(options?: SetAllMessageReadOptions): Promise<ChatResponse<NoData>>;

  /** Unread messages of all conversations whose remind type is `AcceptAndNotify`. Synchronous (DI6). */
  getTotalUnreadMessageCount(): number;
}

export interface RemindTypeResult {
  /** With `groupID`. */
  group?: Group;
  /** With `userIDList`. */
  successUserIDList?: string[];
  failureUserIDList?: Array<{ userID: string; code: number; message: string }>;
}
