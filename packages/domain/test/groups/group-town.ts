/**
 * A town of groups in memory: runs the rules as a storage would and keeps what they change. Tests speak to it, so
 * that each shows a rule between real states and not between made-up ones.
 */
import {
  type ApplicationRecord,
  type Asker,
  createGroup,
  type Decision,
  emptyProfile,
  type GroupChanges,
  type GroupRecord,
  type GroupState,
  type MemberLimits,
  type MemberRecord,
  type MessageRecord,
  type RoomDevice,
  type ScopedEvent,
} from '@muster/domain';
import type { CreateGroupInput, Profile } from '@muster/protocol';

export const LIMITS: MemberLimits = { membersPerGroupMax: 6, membersPerCommunityMax: 8 };
export const NOW = 1_700_000_000_500;
export const SECOND = 1_700_000_000;
export const PEOPLE = ['olivia', 'adam', 'alice', 'bob', 'carol', 'dave', 'eve', 'frank'];

const PROFILES: ReadonlyMap<string, Profile> = new Map(PEOPLE.map((userID) => [userID, profileOf(userID)]));

/** Everybody is called by his userID in capitals. */
export function profileOf(userID: string): Profile {
  return { ...emptyProfile(userID), nick: userID.toUpperCase(), avatar: `https://pictures/${userID}` };
}

export const by = (userID: string, other: Partial<Asker> = {}): Asker => ({
  userID,
  isAdministrator: false,
  now: NOW,
  ...other,
});
export const administrator = by('administrator', { isAdministrator: true });

type Rule<Reply> = (state: GroupState) => Decision<GroupChanges, Reply>;

export class Town {
  group: GroupRecord | undefined;
  members = new Map<string, MemberRecord>();
  applications = new Map<string, ApplicationRecord>();
  roomDevices = new Map<number, RoomDevice>();
  attributes: ReadonlyMap<string, string> = new Map();
  messages = new Map<number, MessageRecord>();
  events: ScopedEvent[] = [];

  get state(): GroupState {
    const { group, members, applications, roomDevices, attributes, messages } = this;
    const users = new Set(PEOPLE);
    return { group, members, applications, roomDevices, attributes, messages, users, profiles: PROFILES };
  }

  /** Runs a rule and keeps what it changes; the events of this call alone are in `events` afterwards. */
  run<Reply>(rule: Rule<Reply>): Decision<GroupChanges, Reply> {
    const before = structuredClone(this.state);
    const decision = rule(this.state);
    if (JSON.stringify(this.state) !== JSON.stringify(before)) throw new Error('a rule changed its state');
    this.events = decision.ok ? [...decision.events] : [];
    if (decision.ok) this.keep(decision.changes, decision.events);
    return decision;
  }

  /** Runs a rule that must be accepted and gives its reply. */
  must<Reply>(rule: Rule<Reply>): Reply {
    const decision = this.run(rule);
    if (!decision.ok) throw new Error(`${decision.error}: ${decision.message ?? ''}`);
    return decision.reply;
  }

  /** Runs a rule that must be refused, and gives the name of the error. */
  refused<Reply>(rule: Rule<Reply>): string {
    const decision = this.run(rule);
    if (decision.ok) throw new Error('a rule was to refuse and did not');
    return decision.error;
  }

  /** Puts the group into a state that only a storage or much patience brings about. */
  amend(change: Partial<GroupRecord>): void {
    if (this.group) this.group = { ...this.group, ...change };
  }

  private keep(changes: GroupChanges, events: readonly ScopedEvent[]): void {
    const group = changes.group ?? this.group;
    if (!group) return;
    if (group.generation !== this.group?.generation) this.forgetRows();
    const groupEvents = events.filter(({ scope }) => scope === `group:${group.groupID}`).length;
    this.group = { ...group, seq: (this.group?.seq ?? 0) + groupEvents };
    put(this.members, changes.members);
    put(this.applications, changes.applications);
    put(this.roomDevices, changes.roomDevices);
    this.attributes = changes.attributes ?? this.attributes;
    if (changes.message) this.messages.set(changes.message.message.sequence, changes.message);
  }

  private forgetRows(): void {
    this.members = new Map();
    this.applications = new Map();
    this.roomDevices = new Map();
    this.attributes = new Map();
  }
}

function put<Key, Row>(rows: Map<Key, Row>, changes: readonly [Key, Row | null][] = []): void {
  for (const [key, row] of changes) {
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  }
}

/** A town with one group, created by olivia, with adam as its admin where it has admins. */
export function townWith(input: Partial<CreateGroupInput> = {}, members: string[] = ['alice', 'bob']): Town {
  const town = new Town();
  const hasAdmins = ['Public', 'Meeting', 'Community'].includes(input.type ?? 'Work');
  const adam = hasAdmins ? [{ userID: 'adam', role: 'Admin' as const }] : [];
  const memberList = [...adam, ...members.map((userID) => ({ userID }))];
  const creator = { ...by('olivia'), groupID: 'g', limits: LIMITS };
  town.must((state) => createGroup(state, creator, { name: 'A group', memberList, ...input }));
  return town;
}
