import type { ConversationView } from '@muster/protocol';
import { TYPES } from '../constants/types.ts';
import type { LastMessage } from '../types/conversations.ts';

/** What the original shows for messages that are no text. */
const LABELS = {
  [TYPES.MSG_LOCATION]: '[Location]',
  [TYPES.MSG_CUSTOM]: '[Custom Messages]',
  [TYPES.MSG_FACE]: '[Animated Sticker]',
};

/** The newest message as an app gets it (DI); empty values when there is none. */
export function lastMessageOf(view?: Pick<ConversationView, 'lastMessage' | 'peer'>): LastMessage {
  const { lastMessage: message, peer } = view ?? {};
  const type = message?.type ?? '';
  return {
    lastTime: Math.floor((message?.timestamp ?? 0) / 1_000),
    lastSequence: message?.sequence ?? 0,
    fromAccount: message?.from ?? '',
    messageForShow: message ? (LABELS[type as keyof typeof LABELS] ?? `${message.payload.text}`) : '',
    type,
    payload: message ? structuredClone(message.payload) : null,
    isRevoked: message?.isRevoked ?? false,
    revoker: message?.revoker || null,
    nick: message?.nick ?? '',
    nameCard: message?.nameCard ?? '',
    cloudCustomData: message?.cloudCustomData ?? '',
    isPeerRead:
      !!message && !!peer && message.from !== peer.profile.userID && message.sequence <= peer.readSequence,
  } as LastMessage;
}
