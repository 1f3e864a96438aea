/** The rows of the feature conversations in the table of commands. */
import { command } from '../command-row.ts';

const row = {
  feature: 'conversations',
  kind: 'write',
  spends: 'none',
  doors: 'both',
  raises: ['conversationsUpdated'],
} as const;

export const CONVERSATION_COMMANDS = {
  getConversationList: command({
    ...row,
    kind: 'read',
    errors: [],
    raises: [],
    doc: "The caller's conversations, pinned ones first, then the newest (CV1, CG12).",
  }),
  getConversationProfile: command({
    ...row,
    kind: 'read',
    errors: ['BAD_CONVERSATION_ID', 'GROUP_NOT_FOUND'],
    raises: [],
    doc: 'One conversation of the caller, also one that does not exist yet, and the profile of its group (CV2).',
  }),
  deleteConversation: command({
    ...row,
    errors: ['CONVERSATION_COUNT', 'BAD_CONVERSATION_ID', 'CONVERSATION_NOT_FOUND'],
    doc: "Takes conversations out of the caller's list until something is said in them (CV2, CG15).",
  }),
  pinConversation: command({
    ...row,
    errors: ['BAD_CONVERSATION_ID', 'CONVERSATION_NOT_FOUND'],
    doc: 'Puts a conversation first in the list, or back in its place (CV2).',
  }),
  setMessageRemindType: command({
    ...row,
    errors: ['CONVERSATION_COUNT', 'BAD_CONVERSATION_ID', 'CONVERSATION_NOT_FOUND'],
    doc: 'Says how messages of conversations are announced; the totals leave out what is not AcceptAndNotify (CV2).',
  }),
  markConversation: command({
    ...row,
    errors: ['CONVERSATION_COUNT'],
    doc: 'Sets or clears a mark of conversations (CV2).',
  }),
  setConversationCustomData: command({
    ...row,
    errors: ['CONVERSATION_COUNT', 'BAD_ARGUMENT_VALUE'],
    doc: "Keeps up to 256 bytes of the app's own with conversations (CV2).",
  }),
  setAllMessageRead: command({
    ...row,
    errors: [],
    raises: ['conversationsUpdated', 'messageReadByPeer'],
    doc: 'Everything counts as read, in all conversations or those of one type (CV2).',
  }),
} as const;
