/** Messages: what one is, and the calls that make, send, fetch and change them (MS). */
import type { TYPES } from '../constants/types.ts';
import type { UntypedHandler } from './events.ts';
import type {
  CustomPayload,
  FacePayload,
  GroupSystemNoticePayload,
  GroupTipPayload,
  LocationPayload,
  MessagePayload,
  TextPayload,
} from './payloads.ts';
import type { ChatResponse, NoData, OperationOptions } from './results.ts';
import type { UserInfo } from './users.ts';
import type { ConversationType, MessagePriority, OneOf } from './vocabulary.ts';

/**
 * A message, as wide as the original declares it, so that code which extends, implements or fills it goes on
 * compiling. `AnyMessage` says more: narrow it by `type` to know the payload.
 */
export interface Message {
  ID: string;
  type: TYPES;
  payload: MessagePayload;
  conversationID: string;
  conversationType: TYPES;
  /** A userID or a groupID. */
  to: string;
  /** A userID; `@TIM#SYSTEM` for tips and notices (MS4). */
  from: string;
  /** `'in'` received, `'out'` sent by this user. */
  flow: string;
  /** The server's time: seconds since 1970. */
  time: number;
  /** The sender's time: seconds since 1970. */
  clientTime: number;
  /** The place in its conversation, the same at every device (MS2). */
  sequence: number;
  random: number;
  /** `'unSend'`, `'success'` or `'fail'`. */
  status: string;
  isRevoked: boolean;
  isDeleted: boolean;
  isModified: boolean;
  /** Whether the other side of a one-to-one chat has read it. */
  isPeerRead: boolean;
  priority: TYPES;
  /** The sender's, when he sent it (US9). */
  nick: string;
  avatar: string;
  nameCard: string;
  atUserList: string[];
  cloudCustomData: string;
  needReadReceipt: boolean;
  readReceiptInfo: ReadReceiptInfo;
  /** Who took it back; `''` while nobody has. */
  revoker: string;
  /** The same with nick and avatar; with empty values while nobody has. */
  revokerInfo: UserInfo;
  revokeReason: string;
  /** @deprecated In the original only: we have no broadcasts. */
  isBroadcastMessage?: boolean;
  /** @deprecated In the original only: extensions are not built. */
  isSupportExtension?: boolean;
  /** @deprecated In the original only: we do not moderate. */
  hasRiskContent?: boolean;
}

/** Empty: read receipts are not built. The fields are the original's. */
export interface ReadReceiptInfo {
  readCount?: number;
  unreadCount?: number;
  isPeerRead?: boolean;
  timestamp?: number;
}

interface MessageOf<Type extends TYPES, Payload extends MessagePayload> extends Message {
  type: Type;
  payload: Payload;
  conversationType: ConversationType;
  flow: 'in' | 'out';
  status: 'unSend' | 'success' | 'fail';
  priority: MessagePriority;
}

export interface TextMessage extends MessageOf<TYPES.MSG_TEXT, TextPayload> {}
export interface CustomMessage extends MessageOf<TYPES.MSG_CUSTOM, CustomPayload> {}
export interface FaceMessage extends MessageOf<TYPES.MSG_FACE, FacePayload> {}
export interface LocationMessage extends MessageOf<TYPES.MSG_LOCATION, LocationPayload> {}
export interface GroupTipMessage extends MessageOf<TYPES.MSG_GRP_TIP, GroupTipPayload> {}
export interface GroupSystemNoticeMessage
  extends MessageOf<TYPES.MSG_GRP_SYS_NOTICE, GroupSystemNoticePayload> {}

/** A message whose payload is known once its `type` is. Each is a `Message` too. */
export type AnyMessage =
  | TextMessage
  | CustomMessage
  | FaceMessage
  | LocationMessage
  | GroupTipMessage
  | GroupSystemNoticeMessage;

/** What every `createXMessage` takes. */
export interface CreateMessageOptions<Payload> {
  /** A userID or a groupID. */
  to: string;
  conversationType: OneOf<TYPES.CONV_C2C | TYPES.CONV_GROUP>;
  /** Normal when left out. Kept and handed on; it changes nothing. */
  priority?: OneOf<MessagePriority>;
  payload: Payload;
  /** A string of the app's own that goes with the message. */
  cloudCustomData?: string;
  /** Kept and handed on: read receipts are not built. */
  needReadReceipt?: boolean;
  /** @deprecated Ignored with one warning, as are the next three: they belong to features that are not built. */
  receiverList?: string[];
  /** @deprecated Ignored. */
  isSupportExtension?: boolean;
  /** @deprecated Ignored: only uploads make progress. */
  onProgress?: UntypedHandler;
  /** @deprecated Ignored. */
  customModerationConfigurationID?: string;
}

export interface SendMessageOptions extends OperationOptions {
  /** Reaches connected devices only: not stored, not counted, never a lastMessage (MS5). */
  onlineUserOnly?: boolean;
  messageControlInfo?: {
    /** Does not raise the receivers' unread counts. */
    excludedFromUnreadCount?: boolean;
    /** Does not become the conversation's lastMessage. */
    excludedFromLastMessage?: boolean;
  };
  /** @deprecated Ignored: there is no offline push. */
  offlinePushInfo?: object;
}

export interface GetMessageListOptions {
  conversationID: string;
  /** From the page before; absent or `''` begins with the newest. */
  nextReqMessageID?: string;
  /** @deprecated Ignored, in the original too: a page holds 15. */
  count?: number;
}

export interface MessageListResult {
  /** Oldest first, at most 15. */
  messageList: AnyMessage[];
  nextReqMessageID: string;
  /** Whether there is nothing older. */
  isCompleted: boolean;
}

export interface MessageMethods {
  /** Throws, as every `createXMessage`, when the options are wrong (DI3). Nothing is sent yet. */
  createTextMessage(options: CreateMessageOptions<{ text: string }>): TextMessage;

  /** A text for a group that names members, or everybody by `TYPES.MSG_AT_ALL`. */
  createTextAtMessage(options: CreateMessageOptions<{ text: string; atUserList?: string[] }>): TextMessage;

  createCustomMessage(
    options: CreateMessageOptions<{ data?: string; description?: string; extension?: string }>,
  ): CustomMessage;

  createFaceMessage(options: CreateMessageOptions<{ index: number; data: string }>): FaceMessage;

  createLocationMessage(
    options: CreateMessageOptions<{ description: string; latitude: number; longitude: number }>,
  ): LocationMessage;

  /**
   * Sends, and updates and resolves with the very message passed in (DI5). Stored before it is acknowledged, and
   * once, however often the connection breaks on the way (MS2).
   *
   * Rejects 10007 not a member · 10017 muted (GR6) · 10010 no such group; the message's status is then `'fail'`.
   */
  sendMessage<Sent extends Message>(
    message: Sent,
    options?: SendMessageOptions,
  ): Promise<ChatResponse<{ message: Sent }>>;

  /** Sends one that failed, again and at most once in all. */
  resendMessage<Sent extends Message>(
    message: Sent,
    options?: SendMessageOptions,
  ): Promise<ChatResponse<{ message: Sent }>>;

  /** Takes a message back, for everybody: raises `MESSAGE_REVOKED`. */
  revokeMessage<Revoked extends Message>(message: Revoked): Promise<ChatResponse<{ message: Revoked }>>;

  /** Takes messages out of this user's history, on all his devices; others keep theirs. */
  deleteMessage(messageList: Message[]): Promise<ChatResponse<{ messageList: Message[] }>>;

  /** Changes the payload or custom data of an own message, for everybody: raises `MESSAGE_MODIFIED`. */
  modifyMessage<Modified extends Message>(message: Modified): Promise<ChatResponse<{ message: Modified }>>;

  /** A page of 15, the newest page first, each oldest first. */
  getMessageList(options: GetMessageListOptions): Promise<ChatResponse<MessageListResult>>;

  /** Everything in the conversation counts as read, on all the user's devices. */
  setMessageRead(options: { conversationID: string } & OperationOptions): Promise<ChatResponse<NoData>>;

  /** Empties the history for this user, and leaves the conversation. */
  clearHistoryMessage(conversationID: string): Promise<ChatResponse<{ conversationID: string }>>;

  /** A message that this device holds, or `null`. Synchronous (DI6). */
  findMessage(messageID: string): AnyMessage | null;
}
