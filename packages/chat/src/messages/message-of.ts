/** Messages as an app gets them: copies, which it may change (DI5), with what this user's side makes of them. */
import type { Message as WireMessage } from '@muster/protocol';
import type { AnyMessage } from '../types/messages.ts';

/** What comes from the service itself: tips and notices (MS4). */
export const SYSTEM = '@TIM#SYSTEM';

/** A message before it has said anything. */
export function blankMessage(now: number, random: number) {
  return {
    sequence: 0,
    random: Math.floor(random * 2 ** 32),
    timestamp: now,
    clientTime: Math.floor(now / 1_000),
    priority: 'Normal',
    nick: '',
    avatar: '',
    nameCard: '',
    atUserList: [] as string[],
    cloudCustomData: '',
    needReadReceipt: false,
    isModified: false,
    isRevoked: false,
    revoker: '',
    revokeReason: '',
  };
}

type Saying = Pick<WireMessage, 'from' | 'to' | 'clientTime' | 'random'>;

/** The same at every device (MS1). */
export function messageIDOf({ from, clientTime, random }: Saying): string {
  return `${from}-${clientTime}-${random}`;
}

export function messageOf(message: WireMessage, userID: string, isPeerRead = false): AnyMessage {
  const { timestamp, ...shown } = message;
  const { from, to, conversationType, revoker } = shown;
  const isOwn = from === userID;
  return {
    ...shown,
    ID: messageIDOf(message),
    conversationID: conversationType + (isOwn || conversationType === 'GROUP' ? to : from),
    flow: isOwn ? 'out' : 'in',
    time: Math.floor(timestamp / 1_000),
    status: 'success',
    isDeleted: false,
    isPeerRead,
    readReceiptInfo: {},
    revokerInfo: { userID: revoker, nick: '', avatar: '' },
  } as unknown as AnyMessage;
}
