/** An app's own operation ids (DL2): remembered for a day, and the newest 10,000 of each user. */
import { LIMITS } from '@muster/protocol';
import type { AppRecord } from './batch.ts';

/** Whether a record still tells a repeat. The number of records of a user is bounded where they are written. */
export function isRemembered(record: AppRecord, now: number): boolean {
  return record.at > now - LIMITS.operationID_kept_ms.value;
}
