/** What the parts of an instance work with. */
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import type { Mirror } from './memory/mirror.ts';
import type { SeenMessages } from './messages/seen-messages.ts';
import type { Surroundings } from './surroundings.ts';
import type { CallRate } from './sync/call-rate.ts';
import type { Calls } from './sync/calls.ts';
import type { Session } from './sync/session.ts';
import type { CreateOptions } from './types/chat-sdk.ts';
import type { ChatResponse } from './types/results.ts';

export type CounterValues = CreateOptions['counterValues'];

export interface ChatSettings {
  SDKAppID: number;
  /** Of the socket door: `ws://host:port/ws`. */
  url: string;
  counterValues: CounterValues;
  /** Whether the device may be in several AVChatRooms (GR7). */
  unlimitedAVChatRoom: boolean;
  /** Takes the instance out of the registry. */
  onDestroy(): void;
}

export interface Core extends ChatSettings {
  session: Session;
  calls: Calls;
  mirror: Mirror;
  seen: SeenMessages;
  around: Surroundings;
  log: Log;
  events: Events;
  rate: CallRate;
}

export function ok<Data>(data: Data): ChatResponse<Data> {
  return { code: 0, data };
}
