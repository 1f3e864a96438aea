/**
 * What a client was told of what our events tell otherwise than its pushes do. Our events say how things are now, and
 * pushes what changed: the difference is taken here, for each connection.
 */
import type { ConversationState, GroupAttribute, UserSnapshot } from '@muster/protocol';

export interface WireMemory {
  /** The names of the conversation groups, by their numbers. */
  groupNames: Map<number, string>;
  states: Map<string, ConversationState>;
  /** The client's own numbering of the changes of a group's attributes: without a gap, or it would read them anew. */
  attributeSeqs: Map<string, number>;
  /**
   * The attributes, by their groups, that changed since a client lost its connection: it begins to number anew when its
   * login is answered, and takes them in no sooner. Undefined when none are held back.
   */
  missedAttributes: Map<string, readonly GroupAttribute[]> | undefined;
}

export function emptyMemory(): WireMemory {
  return { groupNames: new Map(), states: new Map(), attributeSeqs: new Map(), missedAttributes: undefined };
}

/** What a client has read when its login is answered. */
export function memoryOf({
  conversations,
  conversationGroups,
}: Pick<UserSnapshot, 'conversations' | 'conversationGroups'>): WireMemory {
  return {
    groupNames: new Map(
      conversationGroups.map(({ conversationGroupID, groupName }) => [conversationGroupID, groupName]),
    ),
    states: new Map(conversations.map(({ state }) => [state.conversationID, state])),
    attributeSeqs: new Map(),
    missedAttributes: undefined,
  };
}

export function nextAttributeSeq({ attributeSeqs }: WireMemory, groupID: string): number {
  const next = (attributeSeqs.get(groupID) ?? 0) + 1;
  attributeSeqs.set(groupID, next);
  return next;
}
