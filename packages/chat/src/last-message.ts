import type { ConversationView, Message } from '@muster/protocol';
import { TYPES } from './constants/types.ts';
import type { LastMessage } from './types/conversations.ts';

/** What the original shows for messages that are no text. */
const LABELS: Record<string, string> = {
  [TYPES.MSG_LOCATION]: '[Location]',
  [TYPES.MSG_CUSTOM]: '[Custom Messages]',
  [TYPES.MSG_FACE]: '[Animated Sticker]',
};

/** The newest message as an app gets it (DI); empty values when there is none. */
export function lastMessageOf(view?: Pick<ConversationView, 'lastMessage' | 'peer'>): LastMessage {
  const message: Partial<Message> = view?.lastMessage ?? {};
  const { timestamp = 0, sequence = 0, from = '', type = '', isRevoked = false, revoker } = message;
  const { nick = '', nameCard = '', cloudCustomData = '', payload = null } = message;
  const peer = view?.peer;
  return {
    lastTime: Math.floor(timestamp / 1_000),
    lastSequence: sequence,
    fromAccount: from,
    messageForShow: LABELS[type] ?? payload?.text ?? '',
    type,
    payload: structuredClone(payload),
    isRevoked,
    revoker: revoker || null,
    nick,
    nameCard,
    cloudCustomData,
    isPeerRead: !!type && !!peer && from !== peer.profile.userID && sequence <= peer.readSequence,
  } as LastMessage;
}
