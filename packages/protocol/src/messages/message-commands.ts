/** The rows of the feature messages in the table of commands. */
import { command } from '../command-row.ts';

const CHAT = ['BAD_CONVERSATION_ID', 'GROUP_NOT_FOUND', 'NOT_PERMITTED'] as const;

export const MESSAGE_COMMANDS = {
  sendMessage: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: [...CHAT, 'USER_NOT_FOUND', 'MUTED', 'MESSAGE_TOO_LARGE', 'BAD_ARGUMENT_VALUE'],
    raises: ['messageSent', 'onlineMessage'],
    doc: 'Sends a message to a user or a group (MS1 to MS5).',
  }),
  revokeMessage: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: [...CHAT, 'MESSAGE_NOT_FOUND', 'BAD_ARGUMENT_VALUE'],
    raises: ['messageRevoked'],
    doc: 'Takes a message back for everybody: its sender may, and owner and admins of its group (MS1).',
  }),
  modifyMessage: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: [...CHAT, 'MESSAGE_NOT_FOUND', 'MESSAGE_TOO_LARGE', 'BAD_ARGUMENT_VALUE'],
    raises: ['messageModified'],
    doc: "Changes the payload or the custom data of one's own message, for everybody (MS5).",
  }),
  deleteMessage: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: CHAT,
    raises: ['messagesDeleted'],
    doc: "Takes messages out of the caller's history; others keep theirs (MS5).",
  }),
  clearHistoryMessage: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: CHAT,
    raises: ['conversationsUpdated'],
    doc: "Empties the caller's history of a conversation (MS5).",
  }),
  getMessageList: command({
    feature: 'messages',
    kind: 'read',
    spends: 'none',
    doors: 'both',
    errors: CHAT,
    raises: [],
    doc: 'A page of the history that the caller may see, oldest first, the newest page without `before` (MS1).',
  }),
  setMessageRead: command({
    feature: 'messages',
    kind: 'write',
    spends: 'none',
    doors: 'both',
    errors: CHAT,
    raises: ['conversationsUpdated', 'messageReadByPeer'],
    doc: 'What was said counts as read, on all devices of the caller (MS1).',
  }),
} as const;
