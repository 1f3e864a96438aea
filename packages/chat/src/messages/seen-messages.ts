/** The last messages that this device has seen, for finding them and for what is told of them later (MS5). */
import type { ConversationView, Message as WireMessage } from '@muster/protocol';
import * as OWN_LIMITS from '../own-limits.ts';
import type { AnyMessage } from '../types/messages.ts';
import { messageIDOf, messageOf } from './message-of.ts';

interface Seen {
  conversationID: string;
  message: WireMessage;
  /** Whether the app was told that the other side has read it. */
  isReadTold: boolean;
}

export interface SeenMessages {
  /** Remembers it, and gives it as an app gets it. */
  show(message: WireMessage): AnyMessage;
  find(messageID: string): AnyMessage | null;
  /** The message in this place, changed, or nothing when it is not remembered. */
  change(conversationID: string, sequence: number, change: Partial<WireMessage>): AnyMessage[];
  forget(conversationID: string, sequenceList: number[]): void;
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
  const isPeerRead = ({ conversationID, message }: Seen) => {
    const peer = viewOf(conversationID)?.peer;
    return message.from === owner && message.sequence > 0 && message.sequence <= (peer?.readSequence ?? 0);
  };
  const shown = (seen: Seen) => messageOf(structuredClone(seen.message), owner, isPeerRead(seen));
  const at = (conversationID: string, sequence: number) =>
    [...mine().values()].filter(
      (seen) => seen.conversationID === conversationID && sequence > 0 && seen.message.sequence === sequence,
    );
  return {
    show(message) {
      const ID = messageIDOf(message);
      mine().delete(ID);
      const { conversationID } = messageOf(message, owner);
      const seen = { conversationID, message, isReadTold: false };
      seen.isReadTold = isPeerRead(seen);
      all.set(ID, seen);
      if (all.size > OWN_LIMITS.seenMessages_max) all.delete(all.keys().next().value as string);
      return shown(seen);
    },
    find(messageID) {
      const seen = mine().get(messageID);
      return seen ? shown(seen) : null;
    },
    change: (conversationID, sequence, change) =>
      at(conversationID, sequence).map((seen) => {
        seen.message = { ...seen.message, ...change };
        return shown(seen);
      }),
    forget(conversationID, sequenceList) {
      for (const sequence of sequenceList)
        for (const { message } of at(conversationID, sequence)) all.delete(messageIDOf(message));
    },
    newlyRead() {
      const read = [...mine().values()].filter((seen) => !seen.isReadTold && isPeerRead(seen));
      for (const seen of read) seen.isReadTold = true;
      return read.map(shown);
    },
  };
}
