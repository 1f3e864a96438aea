import type { Storage } from '@muster/storage';
import type { Logger } from 'pino';
import type { Delivery } from './delivery/delivery.ts';
import type { Metrics } from './observability/metrics.ts';
import type { Admission } from './sessions/admission.ts';
import type { PassingAnswers } from './sessions/passing-answers.ts';
import type { RoomPresence } from './sessions/room-presence.ts';
import type { SessionKeys } from './sessions/session-key.ts';
import type { SessionRegistry } from './sessions/session-registry.ts';

/** What a server is told of itself; the rest of its options concern the process (config.ts). */
export interface AppSettings {
  SDKAppID: number;
  secretKey: string;
  administrators: ReadonlySet<string>;
  /** Whether calls of counters are limited, here and in our SDK (GC10). */
  callLimits: boolean;
  /** Whether AVChatRooms may be watched without a login (SE3). */
  anonymousViewers: boolean;
  tickMs: number;
  devicesPerUserMax: number;
  membersPerGroupMax: number;
  membersPerCommunityMax: number;
}

/** The parts of a running server, as handlers and doors see them. */
export interface App {
  readonly settings: AppSettings;
  readonly storage: Storage;
  readonly delivery: Delivery;
  readonly sessions: SessionRegistry;
  readonly rooms: RoomPresence;
  readonly passingAnswers: PassingAnswers;
  readonly admission: Admission;
  readonly keys: SessionKeys;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Fresh ids: a number of the given count of base-36 digits. */
  readonly randomID: (digits: number) => string;
}
