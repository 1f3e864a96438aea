/** Requests that name several conversations and answer for each of them (CG5, CG6). */
import { ERRORS, type ErrorName, limit, type PartialResult } from '@muster/protocol';
import { type Refusal, refuse } from './decision.ts';

/** Why a request may not name as many different conversations, or undefined (CG7). */
export function refuseConversationCount(
  conversationIDs: ReadonlySet<string>,
): Refusal<'CONVERSATION_COUNT'> | undefined {
  const most = limit('conversations_perRequest_max');
  if (conversationIDs.size >= 1 && conversationIDs.size <= most) return undefined;
  return refuse(
    'CONVERSATION_COUNT',
    `conversationIDList names ${conversationIDs.size} different conversations; 1 to ${most} are allowed.`,
  );
}

/** Sorts conversations into those that went well and those for which `fault` names an error; their order stays. */
export function partialResult(
  conversationIDs: Iterable<string>,
  fault: (conversationID: string) => ErrorName | undefined,
): PartialResult {
  const result: PartialResult = { successConversationIDList: [], failureConversationIDList: [] };
  for (const conversationID of conversationIDs) {
    const error = fault(conversationID);
    if (error === undefined) result.successConversationIDList.push(conversationID);
    else {
      const { code, message } = ERRORS[error];
      result.failureConversationIDList.push({ conversationID, code, message });
    }
  }
  return result;
}
