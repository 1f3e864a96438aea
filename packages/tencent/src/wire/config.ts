/** What the original SDK is told that it may do, and how often. */
import { limit } from '@muster/protocol';
import { checksumOf } from './frame.ts';
import { always, type Translation } from './translation.ts';

/** The bits of what is built: communities, members of an AVChatRoom, marks, conversation groups, counters. */
const BITS = [3, 6, 9, 10, 15];

/** Bit 0 stands at the right. */
export const PURCHASE_BITS = Array.from({ length: Math.max(...BITS) + 1 }, (_, bit) =>
  BITS.includes(bit) ? '1' : '0',
)
  .reverse()
  .join('');

/** With 0 the client would ask again every second. */
const EXPIRED_TIME_SECONDS = 3_600;
const SECOND_MS = 1_000;
/** More than a client ever sends: what a server without limits says. */
const UNLIMITED = 1_000_000;

export interface WireSettings {
  SDKAppID: number;
  /** Whether calls of counters are limited (GC10). */
  callLimits: boolean;
}

const answered = { int32_error_code: 0, str_error_message: '', uint32_expired_time: EXPIRED_TIME_SECONDS };

/** The limits of the client, those of counters as our SDK has them (GC10). */
function frequencyLimits(callLimits: boolean): { cmd: string; interval: number; count: number }[] {
  const interval = limit('counterWindow_ms') / SECOND_MS;
  const count = (name: 'counterWrites_perWindow_max' | 'counterReads_perWindow_max'): number =>
    callLimits ? limit(name) : UNLIMITED;
  return [
    { cmd: 'update_group_counter', interval, count: count('counterWrites_perWindow_max') },
    { cmd: 'get_group_counter', interval, count: count('counterReads_perWindow_max') },
    // A client that joins a few groups at once overruns its own limit here, and the process ends of it.
    { cmd: 'get_group_self_member_info', interval: 1, count: 500 },
  ];
}

export function cloudConfig({ SDKAppID, callLimits }: WireSettings): Record<string, unknown> {
  const config = {
    // The client's memory of counters may hold less than there is: it is never to answer from it (GC15).
    grp_counter_expire_time: '0',
    cmd_frequency_limit: JSON.stringify(frequencyLimits(callLimits)),
  };
  return {
    ...answered,
    str_json_config: JSON.stringify(config),
    uint32_sdkappid: SDKAppID,
    // The client takes a configuration whose version is another than it has.
    uint64_version: checksumOf(config),
  };
}

export function configTranslations(settings: WireSettings): Record<string, Translation> {
  return {
    fetch_config: always(() => cloudConfig(settings)),
    fetch_imsdk_purchase_bitsv2: always(() => ({ ...answered, str_purchase_bits: PURCHASE_BITS })),
  };
}
