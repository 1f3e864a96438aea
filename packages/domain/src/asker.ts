import type { Cause } from '@muster/protocol';

/** Who asks a rule for a change, and when. */
export interface Asker {
  userID: string;
  isAdministrator: boolean;
  /** The device that asks; undefined over HTTP. An AVChatRoom is joined by a device (GR7). */
  device?: number | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** What the events name as their cause; nothing over HTTP. */
  by?: Cause | undefined;
}
