/** The edits of conversation groups in few words, by the usual device unless another one is named. */
import type { ChatSDK } from '@muster/chat';

export type Edits = ReturnType<typeof editsBy>;

export function editsBy(usual: () => ChatSDK) {
  return {
    create: (groupName: string, conversationIDList: string[] = [], device = usual()) =>
      device.createConversationGroup({ conversationIDList, groupName }),
    add: (groupName: string, conversationIDList: string[], device = usual()) =>
      device.addConversationsToGroup({ conversationIDList, groupName }),
    remove: (groupName: string, conversationIDList: string[], device = usual()) =>
      device.deleteConversationsFromGroup({ conversationIDList, groupName }),
    rename: (oldName: string, newName: string, device = usual()) =>
      device.renameConversationGroup({ oldName, newName }),
    drop: (groupName: string, device = usual()) => device.deleteConversationGroup(groupName),
  };
}

/** What an edit resolves with when every conversation succeeded. */
export const done = (...successConversationIDList: string[]) => ({
  code: 0,
  data: { successConversationIDList, failureConversationIDList: [] },
});

export const named = (groupName: string) => ({ code: 0, data: { groupName } });
