/** The rows of the feature conversation-groups in the table of commands. */
import { command } from '../command-row.ts';

const row = { feature: 'conversation-groups', kind: 'write', spends: 'none', doors: 'both' } as const;

export const CONVERSATION_GROUP_COMMANDS = {
  createConversationGroup: command({
    ...row,
    errors: [
      'BAD_CONVERSATION_GROUP_NAME',
      'CONVERSATION_COUNT',
      'CONVERSATION_GROUP_NAME_TAKEN',
      'TOO_MANY_CONVERSATION_GROUPS',
    ],
    raises: ['conversationGroupCreated'],
    doc: 'Creates a conversation group, also when none of the conversations can be in it (CG1 to CG7).',
  }),
  deleteConversationGroup: command({
    ...row,
    errors: ['CONVERSATION_GROUP_NOT_FOUND'],
    raises: ['conversationGroupDeleted'],
    doc: 'Deletes a conversation group; its conversations stay where else they are (CG4, CG9).',
  }),
  renameConversationGroup: command({
    ...row,
    errors: ['BAD_CONVERSATION_GROUP_NAME', 'CONVERSATION_GROUP_NOT_FOUND', 'CONVERSATION_GROUP_NAME_TAKEN'],
    raises: ['conversationGroupRenamed'],
    doc: 'Renames a conversation group, which keeps its id and its place (CG3, CG9).',
  }),
  addConversationsToGroup: command({
    ...row,
    errors: ['CONVERSATION_COUNT', 'CONVERSATION_GROUP_NOT_FOUND'],
    raises: ['conversationGroupMembersUpdated'],
    doc: 'Puts conversations into a conversation group (CG6, CG7, CG11).',
  }),
  deleteConversationsFromGroup: command({
    ...row,
    errors: ['CONVERSATION_COUNT', 'CONVERSATION_GROUP_NOT_FOUND'],
    raises: ['conversationGroupMembersUpdated'],
    doc: 'Takes conversations out of a conversation group, in the list or not (CG6, CG11).',
  }),
  getConversationGroups: command({
    ...row,
    kind: 'read',
    errors: [],
    raises: [],
    doc: "The caller's conversation groups with their members, in the order of their making (CG10, CG17).",
  }),
} as const;
