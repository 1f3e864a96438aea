/**
 * What every write to a user's own things does around its rule: the rows it needs, the operation, and telling what
 * happened. The caller is the one who asks, so nobody reaches what belongs to another (SE3).
 */
import type { ConversationsChanges, ConversationsState, Decision } from '@muster/domain';
import { conversationWithUser, limit, parseConversationID, userScope } from '@muster/protocol';
import type { ConversationRequest, NamedConversation } from '@muster/storage';
import type { App } from './app.ts';
import type { Call } from './call.ts';
import { commit } from './commit.ts';
import { withOperation } from './write.ts';

const REQUEST_MAX = limit('conversations_perRequest_max');

export interface ConversationsChange<Reply>
  extends Pick<ConversationRequest<Reply>, 'messages' | 'lastMessage' | 'conversationGroups'> {
  /** Users besides the caller whose things the rule may change. */
  userIDs?: readonly string[];
  conversations?: readonly NamedConversation[];
  decide: (state: ConversationsState) => Decision<ConversationsChanges, Reply>;
}

export type ConversationsChangeResult<Reply> =
  | { ok: true; output: Reply; repeated: boolean }
  | (Decision<ConversationsChanges, Reply> & { ok: false });

export async function changeConversations<Reply>(
  app: App,
  call: Call,
  change: ConversationsChange<Reply>,
): Promise<ConversationsChangeResult<Reply>> {
  const { conversations = [], ...named } = change;
  const userIDs = [...new Set([call.userID, ...(change.userIDs ?? [])])];
  const outcome = await commit(app, { scopes: userIDs.map(userScope), session: call.session }, () =>
    app.storage.conversations.update({ ...withOperation(call), ...named, userIDs, conversations }),
  );
  if (!outcome.ok) return outcome;
  app.delivery.publish(outcome.events, call.session);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
}

/**
 * The caller's own conversations by these ids, each once. What is malformed, or more than a request may name, the rule
 * refuses without looking.
 */
export function ownConversations(
  { userID }: Pick<Call, 'userID'>,
  conversationIDs: readonly string[],
): NamedConversation[] {
  const wellFormed = [...new Set(conversationIDs)].filter((id) => parseConversationID(id) !== undefined);
  return wellFormed.slice(0, REQUEST_MAX).map((conversationID) => ({ userID, conversationID }));
}

/** A one-to-one conversation as each of the two has it; once, when it is with oneself. */
export function bothSides(userID: string, otherID: string): NamedConversation[] {
  const own = { userID, conversationID: conversationWithUser(otherID) };
  return userID === otherID
    ? [own]
    : [own, { userID: otherID, conversationID: conversationWithUser(userID) }];
}
