/** The last messages that this device has seen, for finding them and for what is told of them later (MS5). */
import type { ConversationView, LoggedEvent, Message as WireMessage } from '@muster/protocol';
import * as OWN_LIMITS from '../own-limits.ts';
import type { AnyMessage } from '../types/messages.ts';
import { messageIDOf, messageOf } from './message-of.ts';

interface Seen {
  conversationID: string;
  message: WireMessage;
  /** Whether the app was told that the other side has read it. */
  isReadTold: boolean;
}

type Told<Name> = Extract<LoggedEvent, { name: Name }>;

export interface SeenMessages {
  /** Remembers it, and gives it as an app gets it. */
  show(message: WireMessage): AnyMessage;
  find(messageID: string): AnyMessage | null;
  /** The message that was taken back, or nothing when it is not remembered. */
  revoke(event: Told<'messageRevoked'>): AnyMessage[];
  forget(event: Told<'messagesDeleted'>): void;
  /** Own messages that the other side has read since this was last asked. */
  newlyRead(): AnyMessage[];
}

/** They are the user's who is logged in, and forgotten when another one is. */
export function seenMessages(
  viewOf: (conversationID: string) => ConversationView | undefined,
  userID: () => string,
): SeenMessages {
  const all = new Map<string, Seen>();
  let owner = '';
  const mine = () => {
    if (owner !== userID()) all.clear();
    owner = userID();
    return all;
  };
  const isPeerRead = ({ conversationID, message: { from, sequence } }: Seen) =>
    from === owner && sequence > 0 && sequence <= (viewOf(conversationID)?.peer?.readSequence ?? 0);
  const shown = (seen: Seen) => messageOf(structuredClone(seen.message), owner, isPeerRead(seen));
  const those = (conversationID: string, sequences: number[]) =>
    [...mine().values()].filter(
      (seen) => seen.conversationID === conversationID && sequences.includes(seen.message.sequence),
    );
  return {
    show(message) {
      const ID = messageIDOf(message);
      mine().delete(ID);
      const seen = { message, isReadTold: false, conversationID: messageOf(message, owner).conversationID };
      seen.isReadTold = isPeerRead(seen);
      all.set(ID, seen);
      if (all.size > OWN_LIMITS.seenMessages_max) all.delete(all.keys().next().value as string);
      return shown(seen);
    },
    find(messageID) {
      const seen = mine().get(messageID);
      return seen ? shown(seen) : null;
    },
    revoke: ({ conversationID, sequence, revoker, revokeReason }) =>
      those(conversationID, [sequence]).map((seen) => {
        seen.message = { ...seen.message, isRevoked: true, revoker, revokeReason };
        return shown(seen);
      }),
    forget({ conversationID, sequenceList }) {
      for (const { message } of those(conversationID, sequenceList)) all.delete(messageIDOf(message));
    },
    newlyRead: () =>
      [...mine().values()]
        .filter((seen) => !seen.isReadTold && isPeerRead(seen))
        .map((seen) => {
          seen.isReadTold = true;
          return shown(seen);
        }),
  };
}
