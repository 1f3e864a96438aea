import type { ConversationGroup } from '@muster/protocol';
import type { ConversationGroupRecord } from './conversation-group-state.ts';

/** A conversation group as it is shown, with all its members, in the list or not (CG17). */
export function conversationGroupOf({ id, name, members }: ConversationGroupRecord): ConversationGroup {
  return {
    conversationGroupID: id,
    groupName: name,
    conversationIDList: members.map(({ conversationID }) => conversationID),
  };
}
