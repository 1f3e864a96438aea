/**
 * Between rows and records. A driver may give an integer as a number, a bigint or a decimal string; all three are
 * understood, and only a counter's value may lie beyond the safe integers.
 */
import {
  type ApplicationRecord,
  type Counter,
  emptyProfile,
  type GroupRecord,
  type MemberRecord,
  type RoomDevice,
  type UserRecord,
} from '@muster/domain';
import {
  type Int64,
  type LoggedEvent,
  normalizeInt64,
  type Profile,
  type Role,
  type Scope,
} from '@muster/protocol';
import type { AppRecord } from '../operations/batch.ts';
import type { GroupCounters } from '../operations/group-fold.ts';
import { unpackAnswers } from '../operations/packing.ts';
import type { DeviceWindow } from '../operations/window.ts';
import type { NumberedEvent } from '../port.ts';
import type { Parameter } from './statements.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A group with what only storage knows of it. */
export interface StoredGroup {
  record: GroupRecord;
  /** Rises whenever somebody loses a right. */
  revoked: number;
}

/** A device's row. */
export interface StoredDevice {
  device: number;
  window: DeviceWindow;
  since: number;
  seenAt: number;
}

export function integer(value: unknown): number {
  return typeof value === 'number' ? value : Number(value);
}

export function int64(value: unknown): Int64 {
  if (typeof value === 'number') return value;
  return normalizeInt64(typeof value === 'bigint' ? value : BigInt(value as string)) as Int64;
}

/** A user's row; undefined for one who never logged in, though he may have a log. */
export function userOf(row: Row): UserRecord | undefined {
  if (integer(row.registered) !== 1) return undefined;
  return {
    userID: row.user_id as string,
    profile: JSON.parse(row.profile as string) as Profile,
    seq: integer(row.seq),
    signaturesFrom: integer(row.signatures_from),
  };
}

/** Parameters of `registerUser`, which leaves the profile of a known user as it is. */
export function registrationParameters(userID: string): Parameter[] {
  return [userID, JSON.stringify(emptyProfile(userID))];
}

/** Parameters of `putProfile`. */
export function profileParameters(userID: string, profile: Profile): Parameter[] {
  return [userID, JSON.stringify(profile)];
}

/** Parameters of `setUserSeq`, which makes a row for a user who has none. */
export function userSeqParameters(userID: string, seq: number): Parameter[] {
  return [userID, JSON.stringify(emptyProfile(userID)), seq];
}

/** The parts of a group that no statement looks into stand in one column. */
type GroupText = Pick<
  GroupRecord,
  | 'name'
  | 'avatar'
  | 'introduction'
  | 'notification'
  | 'joinOption'
  | 'inviteOption'
  | 'maxMemberCount'
  | 'muteAllMembers'
  | 'groupCustomField'
  | 'createTime'
>;

export function groupOf(row: Row): StoredGroup {
  const record: GroupRecord = {
    groupID: row.group_id as string,
    generation: integer(row.generation),
    type: row.type as GroupRecord['type'],
    ...(JSON.parse(row.profile as string) as GroupText),
    ownerID: row.owner_id as string,
    isSupportTopic: integer(row.is_support_topic) === 1,
    memberCount: integer(row.member_count),
    endedAt: integer(row.ended_at),
    seq: integer(row.seq),
    countersVersion: integer(row.counters_version),
    messageSeq: integer(row.message_seq),
    messagesCounted: integer(row.messages_counted),
    firstMessageSeq: integer(row.first_message_seq),
  };
  return { record, revoked: integer(row.revoked) };
}

/** Parameters of `putGroup`. */
export function groupParameters({ record, revoked }: StoredGroup): Parameter[] {
  const { name, avatar, introduction, notification, joinOption, inviteOption, maxMemberCount } = record;
  const { muteAllMembers, groupCustomField, createTime } = record;
  const text: GroupText = {
    name,
    avatar,
    introduction,
    notification,
    joinOption,
    inviteOption,
    maxMemberCount,
    muteAllMembers,
    groupCustomField,
    createTime,
  };
  return [
    record.groupID,
    record.generation,
    record.type,
    record.ownerID,
    record.isSupportTopic ? 1 : 0,
    record.memberCount,
    record.endedAt,
    JSON.stringify(text),
    record.seq,
    record.countersVersion,
    revoked,
    record.messageSeq,
    record.messagesCounted,
    record.firstMessageSeq,
  ];
}

export function memberOf(row: Row): MemberRecord {
  return {
    userID: row.user_id as string,
    role: row.role as Role,
    joinTime: integer(row.join_time),
    nameCard: JSON.parse(row.name_card as string) as string,
    muteUntil: integer(row.mute_until),
    joinSequence: integer(row.join_sequence),
    joinCounted: integer(row.join_counted),
    ownCounted: integer(row.own_counted),
  };
}

/** Parameters of `putMember`. */
export function memberParameters(groupID: string, generation: number, member: MemberRecord): Parameter[] {
  const { userID, role, joinTime, nameCard, muteUntil, joinSequence, joinCounted, ownCounted } = member;
  return [
    groupID,
    generation,
    userID,
    role,
    joinTime,
    JSON.stringify(nameCard),
    muteUntil,
    joinSequence,
    joinCounted,
    ownCounted,
  ];
}

export function applicationOf(row: Row): ApplicationRecord {
  return {
    userID: (row.applicant_id ?? row.user_id) as string,
    applyMessage: JSON.parse(row.apply_message as string) as string,
    applyTime: integer(row.apply_time),
  };
}

/** Parameters of `putApplication`. */
export function applicationParameters(
  groupID: string,
  generation: number,
  application: ApplicationRecord,
): Parameter[] {
  return [
    groupID,
    application.userID,
    generation,
    JSON.stringify(application.applyMessage),
    application.applyTime,
  ];
}

export function roomDeviceOf(row: Row): RoomDevice {
  return {
    device: integer(row.device_no),
    userID: row.user_id as string,
    joinTime: integer(row.join_time),
  };
}

/** Parameters of `putRoomDevice`. */
export function roomDeviceParameters(groupID: string, generation: number, room: RoomDevice): Parameter[] {
  return [groupID, room.device, room.userID, generation, room.joinTime];
}

/** The attributes of a group; without a row it has none. */
export function attributesOf(row: Row | undefined): Map<string, string> {
  return new Map(row ? (JSON.parse(row.attributes as string) as [string, string][]) : []);
}

/** Parameters of `putAttributes`. */
export function attributesParameters(groupID: string, attributes: ReadonlyMap<string, string>): Parameter[] {
  return [groupID, JSON.stringify([...attributes])];
}

export function countersOf(rows: Iterable<Row>): Map<string, Counter> {
  const counters = new Map<string, Counter>();
  for (const row of rows) {
    counters.set(row.key as string, { value: int64(row.value), version: integer(row.version) });
  }
  return counters;
}

/** The tombstones of a group; the rows come oldest first. */
export function deletedCountersOf(rows: Iterable<Row>): Map<string, number> {
  const deleted = new Map<string, number>();
  for (const row of rows) deleted.set(row.key as string, integer(row.version));
  return deleted;
}

/** A group as the rules of counters see it; without a row there never was such a group. */
export function groupCountersOf(
  stored: StoredGroup | undefined,
  counters: ReadonlyMap<string, Counter>,
  deleted: ReadonlyMap<string, number>,
): GroupCounters {
  if (!stored) return { group: undefined, counters, deleted, version: 0 };
  const { groupID, type, isSupportTopic, endedAt, ownerID, countersVersion } = stored.record;
  return {
    group: { groupID, type, isSupportTopic, endedAt, ownerID },
    counters,
    deleted,
    version: countersVersion,
  };
}

export function deviceOf(row: Row): StoredDevice {
  const floor = integer(row.floor);
  const answers = unpackAnswers(row.answers as Uint8Array, floor);
  return {
    device: integer(row.device_no),
    window: {
      userID: row.user_id as string,
      session: integer(row.session),
      floor,
      highest: answers.reduce((highest, { seq }) => Math.max(highest, seq), 0),
      answers,
    },
    since: integer(row.since),
    seenAt: integer(row.seen_at),
  };
}

export function appRecordOf(row: Row): AppRecord {
  return {
    userID: row.user_id as string,
    operationID: JSON.parse(row.operation_id as string) as string,
    at: integer(row.at),
    hash: integer(row.hash),
    body: row.body as string,
  };
}

/** Parameters of `appOperation`: an app may put anything into its ids. */
export function appKeyParameters(userID: string, operationID: string): [string, string] {
  return [userID, JSON.stringify(operationID)];
}

/** Parameters of `putAppOperation`. */
export function appParameters({ userID, operationID, at, hash, body }: AppRecord): Parameter[] {
  return [...appKeyParameters(userID, operationID), at, hash, body];
}

export function numberedEventOf(scope: Scope, row: Row): NumberedEvent {
  return { scope, seq: integer(row.seq), event: JSON.parse(row.event as string) as LoggedEvent };
}
