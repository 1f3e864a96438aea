/** A user's conversation groups as they are kept (CG). */

export interface ConversationGroupMember {
  conversationID: string;
  /** Of the group, when it was added; 0 for one-to-one. A member of another generation is none (CG15). */
  generation: number;
}

/** Members in the order of their adding; those whose group has ended are not among them. */
export interface ConversationGroupRecord {
  id: number;
  name: string;
  members: readonly ConversationGroupMember[];
}

export interface ConversationGroupChanges {
  /** Created or renamed. */
  put?: { id: number; name: string };
  /** Deleted with its members, and remembered among the last ones. */
  deleted?: { id: number; name: string };
  added?: { id: number; members: readonly ConversationGroupMember[] };
  removed?: { id: number; conversationIDList: readonly string[] };
}
