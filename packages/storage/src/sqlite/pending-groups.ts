import type {
  ApplicationRecord,
  GroupChanges,
  GroupRecord,
  GroupState,
  MemberRecord,
  RoomDevice,
} from '@muster/domain';
import {
  applicationOf,
  attributesOf,
  groupOf,
  memberOf,
  type Row,
  roomDeviceOf,
  type StoredGroup,
} from '../sql/rows.ts';
import type { ReadName } from '../sql/statements.ts';
import type { Reader } from './reader.ts';

/** The rows of a group that a rule is shown. */
export interface NamedRows {
  groupID: string;
  userIDs: readonly string[];
  devices: readonly number[];
  attributes?: boolean | undefined;
}

type Users = (userIDs: readonly string[]) => ReadonlySet<string>;

const rowKey = (groupID: string, row: string | number): string => `${groupID}\u0000${row}`;

/** Rows of one table as a transaction has left them so far: its own over those on disk. `null` is a removed row. */
class Rows<Value> {
  readonly changed = new Map<string, Value | null>();
  private readonly reader: Reader;
  private readonly read: ReadName;
  private readonly decode: (row: Row) => Value;

  constructor(reader: Reader, read: ReadName, decode: (row: Row) => Value) {
    this.reader = reader;
    this.read = read;
    this.decode = decode;
  }

  /** `isOnDisk` is false when no row on disk belongs to the group as it is now. */
  get(groupID: string, key: string | number, isOnDisk: boolean): Value | undefined {
    const known = this.changed.get(rowKey(groupID, key));
    if (known !== undefined) return known ?? undefined;
    const row = isOnDisk ? this.reader.first(this.read, [groupID, key]) : undefined;
    return row && this.decode(row);
  }

  some<Key extends string | number>(
    groupID: string,
    keys: readonly Key[],
    isOnDisk: boolean,
  ): Map<Key, Value> {
    const found = new Map<Key, Value>();
    for (const key of keys) {
      const value = this.get(groupID, key, isOnDisk);
      if (value !== undefined) found.set(key, value);
    }
    return found;
  }

  put(groupID: string, changes: readonly [string | number, Value | null][] = []): void {
    for (const [key, value] of changes) this.changed.set(rowKey(groupID, key), value);
  }

  drop(groupID: string): void {
    for (const key of this.changed.keys()) if (key.startsWith(`${groupID}\u0000`)) this.changed.delete(key);
  }
}

/** Groups and their rows as a transaction that is not yet written has left them so far. */
export class PendingGroups {
  private readonly reader: Reader;
  private readonly groups = new Map<string, StoredGroup>();
  /** Groups that this transaction ended or made again: what is on disk is no longer theirs. */
  private readonly begun = new Set<string>();
  private readonly members: Rows<MemberRecord>;
  private readonly applications: Rows<ApplicationRecord>;
  private readonly rooms: Rows<RoomDevice>;
  private readonly attributes = new Map<string, ReadonlyMap<string, string>>();

  constructor(reader: Reader) {
    this.reader = reader;
    this.members = new Rows(reader, 'member', memberOf);
    this.applications = new Rows(reader, 'application', applicationOf);
    this.rooms = new Rows(reader, 'roomDevice', roomDeviceOf);
  }

  stored(groupID: string): StoredGroup | undefined {
    const known = this.groups.get(groupID);
    if (known) return known;
    const row = this.reader.first('group', [groupID]);
    if (!row) return undefined;
    const stored = groupOf(row);
    this.groups.set(groupID, stored);
    return stored;
  }

  /** A group that has not ended. */
  living(groupID: string): GroupRecord | undefined {
    const group = this.stored(groupID)?.record;
    return group?.endedAt === 0 ? { ...group } : undefined;
  }

  member(groupID: string, userID: string): MemberRecord | undefined {
    return this.members.get(groupID, userID, this.isOnDisk(groupID));
  }

  /** What a rule is shown. An ended group has no rows. */
  state({ groupID, userIDs, devices, attributes }: NamedRows, users: Users): GroupState {
    const group = this.stored(groupID)?.record;
    const isOnDisk = this.isOnDisk(groupID);
    return {
      group: group && { ...group },
      members: this.members.some(groupID, userIDs, isOnDisk),
      applications: this.applications.some(groupID, userIDs, isOnDisk),
      roomDevices: this.rooms.some(groupID, devices, isOnDisk),
      users: users(userIDs),
      attributes: attributes ? this.attributesOf(groupID, isOnDisk) : undefined,
    };
  }

  /** Puts a change over what is known. Gives the places in the group that it removes. */
  put(groupID: string, after: StoredGroup, changes: GroupChanges): RoomDevice[] {
    const before = this.stored(groupID)?.record;
    const left = this.leaving(groupID, changes);
    if (after.record.endedAt !== 0 || before?.generation !== after.record.generation) this.begin(groupID);
    this.groups.set(groupID, after);
    if (after.record.endedAt !== 0) return left;
    this.members.put(groupID, changes.members);
    this.applications.put(groupID, changes.applications);
    this.rooms.put(groupID, changes.roomDevices);
    if (changes.attributes) this.attributes.set(groupID, changes.attributes);
    return left;
  }

  /** Whether rows on disk are those of the group as it is now. */
  private isOnDisk(groupID: string): boolean {
    return this.stored(groupID)?.record.endedAt === 0 && !this.begun.has(groupID);
  }

  private attributesOf(groupID: string, isOnDisk: boolean): ReadonlyMap<string, string> {
    const row = () => (isOnDisk ? this.reader.first('attributes', [groupID]) : undefined);
    return this.attributes.get(groupID) ?? attributesOf(row());
  }

  /** The places of a device in living groups. */
  roomsOf(device: number): { groupID: string; room: RoomDevice }[] {
    const rooms = new Map<string, RoomDevice>();
    for (const row of this.reader.all('roomDevicesOfDevice', [device])) {
      const groupID = row.group_id as string;
      if (!this.begun.has(groupID)) rooms.set(groupID, roomDeviceOf(row));
    }
    for (const [key, room] of this.rooms.changed) {
      const [groupID = '', number] = key.split('\u0000');
      if (number !== String(device)) continue;
      if (room) rooms.set(groupID, room);
      else rooms.delete(groupID);
    }
    return [...rooms].map(([groupID, room]) => ({ groupID, room }));
  }

  /** A device is in a group no longer, and whoever cached rights in it must look again. */
  leave(groupID: string, device: number): void {
    const stored = this.stored(groupID);
    if (stored) this.groups.set(groupID, { ...stored, revoked: stored.revoked + 1 });
    this.rooms.put(groupID, [[device, null]]);
  }

  private leaving(groupID: string, { roomDevices = [] }: GroupChanges): RoomDevice[] {
    const isOnDisk = !this.begun.has(groupID);
    return roomDevices.flatMap(([device, room]) => {
      return room ? [] : (this.rooms.get(groupID, device, isOnDisk) ?? []);
    });
  }

  private begin(groupID: string): void {
    this.begun.add(groupID);
    for (const rows of [this.members, this.applications, this.rooms]) rows.drop(groupID);
    this.attributes.delete(groupID);
  }
}
