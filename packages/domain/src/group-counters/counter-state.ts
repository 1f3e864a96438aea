import type { Int64, Role } from '@muster/protocol';
import type { GroupRecord } from '../groups/group-state.ts';

export interface Counter {
  value: Int64;
  /** The version that wrote it last (GC12). */
  version: number;
}

/** Who asks, as far as the rules of counters care (GC9, GC16). */
export interface CounterActor {
  userID: string;
  isAdministrator: boolean;
  /** His role in the group: undefined when he is no member. Of an AVChatRoom a present user is 'Member'. */
  role: Role | undefined;
}

/** A group, as far as the rules of counters care. */
export type CounterGroup = Pick<GroupRecord, 'groupID' | 'type' | 'isSupportTopic' | 'endedAt' | 'ownerID'>;

export interface CounterState {
  /** Undefined when there never was such a group. */
  group: CounterGroup | undefined;
  actor: CounterActor;
  counters: ReadonlyMap<string, Counter>;
  version: number;
}

/** What an accepted operation writes; it takes the version after the state's, and none when it writes nothing. */
export interface CounterChanges {
  set: readonly { key: string; value: Int64 }[];
  deleted: readonly string[];
}

/** The reply of every counter write. A delete answers its keys with no values. */
export interface CounterReply {
  counters: readonly { key: string; value: Int64 }[];
  keyList?: readonly string[];
  version: number;
}
