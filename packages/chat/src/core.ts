/** What the methods of every feature work with. */
import type { Log } from './log.ts';
import type { Mirror } from './memory/mirror.ts';
import type { SeenMessages } from './messages/seen-messages.ts';
import type { CounterValues } from './raising.ts';
import type { Surroundings } from './surroundings.ts';
import type { Calls } from './sync/calls.ts';
import type { Session } from './sync/session.ts';
import type { ChatResponse } from './types/results.ts';

export interface Core {
  session: Session;
  calls: Calls;
  mirror: Mirror;
  seen: SeenMessages;
  around: Surroundings;
  log: Log;
  counterValues: CounterValues;
  /** Whether the device may be in several AVChatRooms (GR7). */
  unlimitedAVChatRoom: boolean;
}

export function ok<Data>(data: Data): ChatResponse<Data> {
  return { code: 0, data };
}
