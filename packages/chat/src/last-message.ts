import type { ConversationView } from '@muster/protocol';
import { TYPES } from './constants/types.ts';
import { copyOf } from './copy-of.ts';
import { blankMessage } from './messages/message-of.ts';
import type { LastMessage } from './types/conversations.ts';

/** What the original shows for messages that are no text. */
const LABELS: Record<string, string> = {
  [TYPES.MSG_LOCATION]: '[Location]',
  [TYPES.MSG_CUSTOM]: '[Custom Messages]',
  [TYPES.MSG_FACE]: '[Animated Sticker]',
};

/** What there is to show of no message. */
const NOTHING = { ...blankMessage(0, 0), from: '', type: '', payload: null };

/** The newest message as an app gets it (DI); empty values when there is none. */
export function lastMessageOf(view?: Pick<ConversationView, 'lastMessage' | 'peer'>): LastMessage {
  const message = view?.lastMessage ?? NOTHING;
  const { timestamp, sequence, from, type, payload, isRevoked, nick, nameCard, cloudCustomData } = message;
  const peer = view?.peer;
  return {
    lastTime: Math.floor(timestamp / 1_000),
    lastSequence: sequence,
    fromAccount: from,
    messageForShow: LABELS[type] ?? payload?.text ?? '',
    type,
    payload: copyOf(payload),
    isRevoked,
    revoker: message.revoker || null,
    nick,
    nameCard,
    cloudCustomData,
    isPeerRead: !!peer && !!type && from !== peer.profile.userID && sequence <= peer.readSequence,
  } as LastMessage;
}
