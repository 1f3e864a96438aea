import type { GroupChanges, RoomDevice } from '@muster/domain';
import type { Role } from '@muster/protocol';
import type { GroupCounters } from '../operations/group-fold.ts';
import { countersOf, deletedCountersOf, groupCountersOf, groupOf, type StoredGroup } from '../sql/rows.ts';
import type { Reader } from './reader.ts';

interface Entry {
  counters: GroupCounters;
  /** Of the users seen here who have one. A user without a right is looked up each time. */
  roles: Map<string, Role>;
}

const GROUPS_CACHED_MAX = 5_000;
const ROLES_CACHED_MAX = 100_000;

/**
 * The groups that counters were asked for lately, so that a hot batch needs no query. True because this process is
 * the only one that writes, and because every change of a group passes through here once it is durable.
 */
export class GroupCache {
  private readonly reader: Reader;
  private readonly entries = new Map<string, Entry>();

  constructor(reader: Reader) {
    this.reader = reader;
  }

  counters(groupID: string): GroupCounters {
    return this.entry(groupID).counters;
  }

  role(groupID: string, userID: string): Role | undefined {
    const { roles, counters } = this.entry(groupID);
    const known = roles.get(userID);
    if (known !== undefined || counters.group === undefined) return known;
    const role = this.storedRole(groupID, userID, counters.group.type === 'AVChatRoom');
    if (role === undefined) return undefined;
    if (roles.size >= ROLES_CACHED_MAX) roles.clear();
    roles.set(userID, role);
    return role;
  }

  /** The counters of a group after a commit. */
  counted(groupID: string, counters: GroupCounters): void {
    const entry = this.entries.get(groupID);
    if (entry) entry.counters = counters;
  }

  /** A group after a commit of its own; `left` are the places in it that the commit removed. */
  changed(after: StoredGroup, changes: GroupChanges, left: readonly RoomDevice[]): void {
    const { groupID, endedAt, countersVersion } = after.record;
    const entry = this.entries.get(groupID);
    if (!entry) return;
    const { group } = entry.counters;
    if (endedAt !== 0 || !group || group.endedAt !== 0 || group.type !== after.record.type) {
      this.entries.delete(groupID);
      return;
    }
    const { counters, deleted } = entry.counters;
    entry.counters = { ...groupCountersOf(after, counters, deleted), version: countersVersion };
    for (const [userID, member] of changes.members ?? []) {
      if (member) entry.roles.set(userID, member.role);
      else entry.roles.delete(userID);
    }
    for (const { userID } of left) entry.roles.delete(userID);
  }

  /** A user has lost a place in a group. */
  left(groupID: string, userID: string): void {
    this.entries.get(groupID)?.roles.delete(userID);
  }

  private entry(groupID: string): Entry {
    const known = this.entries.get(groupID);
    if (known) return known;
    const entry = {
      counters: this.reader.together(() => this.load(groupID)),
      roles: new Map<string, Role>(),
    };
    // A name that no group has is not worth a place: anyone may ask for any number of them.
    if (entry.counters.group) this.keep(groupID, entry);
    return entry;
  }

  private keep(groupID: string, entry: Entry): void {
    this.entries.set(groupID, entry);
    if (this.entries.size <= GROUPS_CACHED_MAX) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }

  private load(groupID: string): GroupCounters {
    const row = this.reader.first('group', [groupID]);
    if (!row) return groupCountersOf(undefined, new Map(), new Map());
    const counters = countersOf(this.reader.all('counters', [groupID]));
    return groupCountersOf(
      groupOf(row),
      counters,
      deletedCountersOf(this.reader.all('deletedCounters', [groupID])),
    );
  }

  private storedRole(groupID: string, userID: string, isRoom: boolean): Role | undefined {
    const member = this.reader.first('member', [groupID, userID]);
    if (member) return member.role as Role;
    return isRoom && this.reader.first('roomUser', [groupID, userID]) ? 'Member' : undefined;
  }
}
