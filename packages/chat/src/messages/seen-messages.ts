/** The last messages that this device has seen, for finding them and for what is told of them later (MS5). */
import type { LoggedEvent, Message as WireMessage } from '@muster/protocol';
import { copyOf } from '../copy-of.ts';
import type { Core } from '../core.ts';
import * as OWN_LIMITS from '../own-limits.ts';
import type { AnyMessage } from '../types/messages.ts';
import { messageIDOf, messageOf } from './message-of.ts';

export interface Seen {
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

export function seenMessages(core: Pick<Core, 'mirror' | 'session'>): SeenMessages {
  const held = () => core.mirror.heldMessages;
  const isPeerRead = ({ conversationID, message: { from, sequence } }: Seen) =>
    from === core.session.userID &&
    sequence > 0 &&
    sequence <= (core.mirror.heldConversations.get(conversationID)?.peer?.readSequence ?? 0);
  const shown = (seen: Seen) => messageOf(copyOf(seen.message), core.session.userID, isPeerRead(seen));
  const those = (conversationID: string, sequences: number[]) =>
    [...held().values()].filter(
      (seen) => seen.conversationID === conversationID && sequences.includes(seen.message.sequence),
    );
  return {
    show(message) {
      const ID = messageIDOf(message);
      held().delete(ID);
      const seen = {
        message,
        isReadTold: false,
        conversationID: messageOf(message, core.session.userID).conversationID,
      };
      seen.isReadTold = isPeerRead(seen);
      held().set(ID, seen);
      if (held().size > OWN_LIMITS.seenMessages_max) held().delete(held().keys().next().value as string);
      return shown(seen);
    },
    find(messageID) {
      const seen = held().get(messageID);
      return seen ? shown(seen) : null;
    },
    revoke: ({ conversationID, sequence, revoker, revokeReason }) =>
      those(conversationID, [sequence]).map((seen) => {
        seen.message = { ...seen.message, isRevoked: true, revoker, revokeReason };
        return shown(seen);
      }),
    forget({ conversationID, sequenceList }) {
      for (const { message } of those(conversationID, sequenceList)) held().delete(messageIDOf(message));
    },
    newlyRead: () =>
      [...held().values()]
        .filter((seen) => !seen.isReadTold && isPeerRead(seen))
        .map((seen) => {
          seen.isReadTold = true;
          return shown(seen);
        }),
  };
}
