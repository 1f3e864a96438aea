/** The two sides of a one-to-one conversation, or the one of somebody who writes to himself. */
import { conversationWithUser, type LoggedEvent, userScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { type ScopedEvent, tell } from '../decision.ts';

export interface Side {
  userID: string;
  /** What the conversation is called by this user. */
  conversationID: string;
}

export function sidesOf(userID: string, otherID: string): Side[] {
  const own = { userID, conversationID: conversationWithUser(otherID) };
  if (userID === otherID) return [own];
  return [own, { userID: otherID, conversationID: conversationWithUser(userID) }];
}

/** The same event for both sides, each with its own name of the conversation. */
export function tellBoth(
  { userID, by }: Asker,
  otherID: string,
  event: (conversationID: string) => LoggedEvent,
): ScopedEvent[] {
  return sidesOf(userID, otherID).map((side) => tell(userScope(side.userID), event(side.conversationID), by));
}
