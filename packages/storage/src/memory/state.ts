import type {
  ApplicationRecord,
  Chat,
  ConversationGroupRecord,
  ConversationRecord,
  GroupRecord,
  MemberRecord,
  RoomDevice,
  ScopedEvent,
  UserRecord,
} from '@muster/domain';
import { LIMITS, type LoggedEvent, type Message, type Role, type Scope } from '@muster/protocol';
import { isRemembered } from '../operations/app-operations.ts';
import type { AppRecord } from '../operations/batch.ts';
import type { GroupCounters } from '../operations/group-fold.ts';
import { encodeReply, isRefused, keep, recall } from '../operations/recall.ts';
import type { DeviceWindow } from '../operations/window.ts';
import type { NumberedEvent, Operation, Outcome } from '../port.ts';

/** A group with its rows. They go when it ends, so that what is here is alive. */
export interface MemoryGroup {
  record: GroupRecord;
  members: Map<string, MemberRecord>;
  applications: Map<string, ApplicationRecord>;
  rooms: Map<number, RoomDevice>;
  attributes: ReadonlyMap<string, string>;
  counters: Pick<GroupCounters, 'counters' | 'deleted'>;
}

export interface MemoryDevice {
  window: DeviceWindow;
  since: number;
  seenAt: number;
  bodies: Map<number, string>;
}

/** The conversation groups of one user, in the order of their ids. */
export interface MemoryConversationGroups {
  lastID: number;
  present: ConversationGroupRecord[];
  /** The last deleted ones, oldest first. */
  deleted: { id: number; name: string }[];
}

interface ScopeLog {
  seq: number;
  /** The last of them, oldest first. */
  events: string[];
}

/** Everything that is kept, in plain maps, and the few things that several features do with it. */
export class MemoryState {
  readonly users = new Map<string, Omit<UserRecord, 'seq'>>();
  /** `signaturesFrom` of those who were deleted. */
  readonly formerUsers = new Map<string, number>();
  readonly groups = new Map<string, MemoryGroup>();
  readonly devices = new Map<number, MemoryDevice>();
  /** Per user, oldest first. */
  readonly apps = new Map<string, Map<string, AppRecord>>();
  /** Also those of groups that have ended since. */
  readonly conversations = new Map<string, { userID: string; record: ConversationRecord }>();
  readonly conversationGroups = new Map<string, MemoryConversationGroups>();
  readonly messages = new Map<Chat, Map<number, Message>>();
  /** The sequences that a user has deleted for himself, by his userID and the chat. */
  readonly deletedMessages = new Map<string, Set<number>>();
  private readonly logs = new Map<Scope, ScopeLog>();
  private lastDevice = 0;

  newDevice(): number {
    this.lastDevice += 1;
    return this.lastDevice;
  }

  /** A user's right in a living group; of an AVChatRoom that of being there with a device. */
  role(groupID: string, userID: string): Role | undefined {
    const group = this.groups.get(groupID);
    const member = group?.members.get(userID);
    if (member) return member.role;
    const isPresent = [...(group?.rooms.values() ?? [])].some((room) => room.userID === userID);
    return isPresent && group?.record.type === 'AVChatRoom' ? 'Member' : undefined;
  }

  /** Forgets a device with its operations and places. Gives the rooms it was in. */
  forget(device: number): string[] {
    this.devices.delete(device);
    const rooms: string[] = [];
    for (const [groupID, group] of this.groups) if (group.rooms.delete(device)) rooms.push(groupID);
    return rooms.sort();
  }

  seq(scope: Scope): number {
    return this.logs.get(scope)?.seq ?? 0;
  }

  /** Numbers events and appends them to the logs of their scopes. */
  tell(events: readonly ScopedEvent[]): NumberedEvent[] {
    return events.map(({ scope, event }) => {
      const log = this.logs.get(scope) ?? { seq: 0, events: [] };
      this.logs.set(scope, log);
      log.seq += 1;
      log.events.push(JSON.stringify(event));
      if (log.events.length > LIMITS.logKept_perScope_events.value) log.events.shift();
      return { scope, seq: log.seq, event };
    });
  }

  /** Empties the log of a scope, whose numbers go on. */
  emptyLog(scope: Scope): void {
    this.logs.set(scope, { seq: this.seq(scope), events: [] });
  }

  /** The events after a number, or undefined when not all of them are here. */
  told(scope: Scope, after: number, count: number): NumberedEvent[] | undefined {
    const { seq, events } = this.logs.get(scope) ?? { seq: 0, events: [] };
    const first = seq - events.length + 1;
    if (after > seq || after + 1 < first) return undefined;
    return events.slice(after + 1 - first, after + 1 - first + count).map((event, index) => {
      return { scope, seq: after + 1 + index, event: JSON.parse(event) as LoggedEvent };
    });
  }

  app(userID: string, operationID: string, now: number): AppRecord | undefined {
    const record = this.apps.get(userID)?.get(operationID);
    return record && isRemembered(record, now) ? record : undefined;
  }

  keepApp(record: AppRecord): void {
    const records = this.apps.get(record.userID) ?? new Map<string, AppRecord>();
    this.apps.set(record.userID, records);
    records.delete(record.operationID);
    records.set(record.operationID, record);
    if (records.size <= LIMITS.operationIDs_perUser_max.value) return;
    for (const oldest of records.keys()) {
      records.delete(oldest);
      return;
    }
  }

  /** Runs a write under its operation: a repeat gets its recorded reply, anything else is decided by `run`. */
  once<Reply>(operation: Operation | undefined, now: number, run: () => Outcome<Reply>): Outcome<Reply> {
    const known = recall(operation, {
      window: (device) => this.devices.get(device)?.window,
      app: (userID, operationID) => this.app(userID, operationID, now),
      body: (device, seq) => this.devices.get(device)?.bodies.get(seq),
    });
    if (known && isRefused(known)) return known;
    if (known) {
      if (!known.isInWindow) this.keep(operation, { body: known.body, now, isNew: false });
      return { ok: true, reply: JSON.parse(known.body) as Reply, repeated: true, events: [] };
    }
    const outcome = run();
    if (outcome.ok) this.keep(operation, { body: encodeReply(outcome.reply), now, isNew: true });
    return outcome;
  }

  private keep(
    operation: Operation | undefined,
    answer: { body: string; now: number; isNew: boolean },
  ): void {
    const kept = keep(operation, answer, (device) => this.devices.get(device)?.window);
    if (kept.app) this.keepApp(kept.app);
    const device = kept.device && this.devices.get(kept.device.device);
    if (!device || !kept.device) return;
    device.window = kept.device.window;
    device.bodies.set(kept.device.record.answered.seq, kept.device.body);
    for (const seq of kept.device.dropped) device.bodies.delete(seq);
  }
}
