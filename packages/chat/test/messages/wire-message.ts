import type { Message } from '@muster/protocol';

/** A message from bob to alice, as it is said on the wire. */
export function wireMessage(more: Partial<Message> = {}): Message {
  return {
    sequence: 1,
    random: 9,
    conversationType: 'C2C',
    from: 'bob',
    to: 'alice',
    type: 'TIMTextElem',
    payload: { text: 'hi' },
    timestamp: 1_500,
    clientTime: 1,
    priority: 'Normal',
    nick: '',
    avatar: '',
    nameCard: '',
    atUserList: [],
    cloudCustomData: '',
    needReadReceipt: false,
    isModified: false,
    isRevoked: false,
    revoker: '',
    revokeReason: '',
    ...more,
  };
}
