/** The limits that the SDK keeps. A test holds those that the protocol names to its table. */
import type { LimitName } from '@muster/protocol';

export const LIMITS = {
  counterWrites_perWindow_max: 20,
  counterReads_perWindow_max: 20,
  counterWindow_ms: 5_000,
  operationsOpen_perDevice_max: 64,
  operationID_bytes_max: 64,
  users_perRequest_max: 100,
  memberPage_count_max: 100,
  deletedCounters_perGroup_max: 100,
  frameBeforeLogin_bytes_max: 65_536,
  frame_bytes_max: 262_144,
  catchUp_scopes_max: 2_000,
  callOffline_ms_max: 15_000,
} as const satisfies { [Name in LimitName]?: number };

/** The SDK's own, which the server need not know. */
export const OWN_LIMITS = {
  /** Reads that wait for their answers; the server allows 256 requests, of which writes may be 64. */
  readsInFlight_max: 128,
  /** Members on a page when the app names no count. */
  memberPage_count: 15,
  /** The first wait before a refused but retryable request is sent again; it doubles. */
  retry_ms: 250,
  retry_ms_max: 4_000,
} as const;
