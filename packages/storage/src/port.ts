/**
 * The port: what the server asks of a storage, in the server's own words.
 *
 * Obligations of every engine and decorator, held by the conformance suite:
 * - A method that takes `decide` runs it on the state as it is, in one transaction, and keeps its changes, its
 *   events and the record of its operation together, or nothing at all. It resolves after that is durable.
 * - `decide` is synchronous and pure. It may be called more than once; only the last call counts.
 * - A refusal changes nothing, takes no version and no number, and leaves no record of the operation.
 * - An operation that was recorded before is not decided again: its recorded reply is given, with `repeated: true`.
 * - A rejection (a fault) means that the outcome is either nothing or unknown; asking again with the same operation
 *   is always right.
 * - Writes of one scope are serial. Events carry consecutive numbers within their scope, in the order of commits.
 */
import type {
  ApplicationRecord,
  Chat,
  ConversationGroupRecord,
  ConversationsChanges,
  ConversationsState,
  Counter,
  CounterChanges,
  CounterState,
  Decision,
  GroupChanges,
  GroupRecord,
  GroupState,
  ListedConversationRow,
  MemberRecord,
  Refusal,
  RoomDevice,
  UserChanges,
  UserRecord,
} from '@muster/domain';
import type { Int64, LoggedEvent, Message, Position, Scope } from '@muster/protocol';

export interface Storage {
  readonly users: UserStorage;
  readonly devices: DeviceStorage;
  readonly groups: GroupStorage;
  readonly groupCounters: GroupCounterStorage;
  readonly conversations: ConversationStorage;
  readonly log: LogStorage;
  /** Names this history of the database; every position carries it. */
  readonly epoch: string;
  /** Resolves while the storage can commit; rejects with the cause when it cannot. Writes nothing. */
  check(): Promise<void>;
  /** Prunes what may be forgotten: old devices, operation ids, log entries, rows of dismissed groups. Bounded work. */
  maintain(now: number): Promise<void>;
  /** Finishes what was begun and releases everything. */
  close(): Promise<void>;
}

/** The identity of a write (DL2). Both parts may be there; neither means that a repeat cannot be told. */
export interface Operation {
  /** The server-issued device with its session, the sequence and the lowest unconfirmed sequence. */
  device?: { device: number; session: number; seq: number; low: number };
  /** The app's own id, within its user. */
  app?: { userID: string; operationID: string };
  /** FNV-1a 32 of command and input: tells another content under the same id. */
  hash: number;
}

/** A logged event with its number, as it was committed. */
export interface NumberedEvent {
  scope: Scope;
  seq: number;
  event: LoggedEvent;
}

export type Outcome<Reply> =
  | { ok: true; reply: Reply; repeated: boolean; events: readonly NumberedEvent[] }
  | Refusal;

// ---------------------------------------------------------------------------------------------- group counters

/** One write to the counters of one group. */
export interface CounterRequest {
  groupID: string;
  userID: string;
  isAdministrator: boolean;
  /** The key, when the request writes just one: its record is then a few bytes instead of a row. */
  key?: string;
  operation?: Operation;
  now: number;
  decide(state: CounterState): Decision<CounterChanges, CounterReply>;
}

/** The reply of every counter write. A delete answers its keys with no values. */
export interface CounterReply {
  counters: readonly { key: string; value: Int64 }[];
  keyList?: readonly string[];
  version: number;
}

export type CounterOutcome =
  | { ok: true; reply: CounterReply; repeated: boolean; changes: CounterChanges }
  | Refusal;

export interface CounterSet {
  counters: ReadonlyMap<string, Counter>;
  /** The keys deleted lately, with the version that deleted each (GC16). */
  deleted: ReadonlyMap<string, number>;
  version: number;
}

export interface GroupCounterStorage {
  /**
   * Decides and keeps all requests in one transaction, in the order given; each has its own outcome, in that order.
   * An engine takes any mix of groups when `Engine.commits` is `one-at-a-time`, else requests of one group only.
   */
  update(requests: readonly CounterRequest[]): Promise<CounterOutcome[]>;
  /** The state and the asking user's right to it, read together. */
  read(groupID: string, userID: string, isAdministrator: boolean): Promise<CounterState & CounterSet>;
}

// ---------------------------------------------------------------------------------------------- groups

export interface GroupRequest<Reply> {
  groupID: string;
  /** The users whose rows the rule needs. */
  userIDs: readonly string[];
  /** The devices whose rows the rule needs. */
  devices?: readonly number[];
  /** Whether the rule needs the group's attributes. */
  attributes?: boolean;
  /** The messages of the group that the rule needs, by sequence. */
  messages?: readonly number[];
  /** Whether the rule needs the profiles of the named users. */
  profiles?: boolean;
  operation?: Operation;
  now: number;
  decide(state: GroupState): Decision<GroupChanges, Reply>;
}

export interface JoinedGroup {
  group: GroupRecord;
  member: MemberRecord;
}

export interface GroupStorage {
  /**
   * Changes one group and, for events in `user:` scopes, the logs of the users concerned; scopes are locked groups
   * before users, each in ascending order. A change that ends the group deletes its counters and attributes; the
   * rows of its members and its messages are left to `maintain`. A member who is removed takes along his record of
   * the group's conversation and its places in his conversation groups (CG15), in the same transaction. The reply is
   * recorded as JSON.
   */
  update<Reply>(request: GroupRequest<Reply>): Promise<Outcome<Reply>>;
  read(groupID: string, userIDs: readonly string[], devices?: readonly number[]): Promise<GroupState>;
  /** The same with the group's attributes, read together. */
  readWithAttributes(
    groupID: string,
    userIDs: readonly string[],
    devices: readonly number[],
  ): Promise<GroupState>;
  /** The living groups a user is a stored member of, in the order of joining. AVChatRooms are not among them. */
  joined(userID: string): Promise<JoinedGroup[]>;
  /** A page of stored members by (joinTime, userID); `offset` counts rows. */
  members(groupID: string, page: { offset: number; count: number; role?: string }): Promise<MemberRecord[]>;
  /** The open requests to join of the living groups whose owner or admin the user is, oldest first. */
  applications(userID: string): Promise<{ group: GroupRecord; application: ApplicationRecord }[]>;
  /** The devices in an AVChatRoom, or in all rooms of a device, or all there are (at start). */
  roomDevices(
    of: { groupID: string } | { device: number } | 'all',
  ): Promise<{ groupID: string; room: RoomDevice }[]>;
}

// ---------------------------------------------------------------------------------------------- users and devices

export interface UserRequest<Reply> {
  userID: string;
  operation?: Operation;
  now: number;
  /** The state is undefined for a user who never logged in. */
  decide(state: UserRecord | undefined): Decision<UserChanges, Reply>;
}

export interface UserStorage {
  /**
   * A change of `signaturesFrom` forgets every device of the user in the same transaction (US11). One who is `deleted`
   * is as one who never logged in, save that `signaturesFrom` holds and the numbers of his log go on.
   */
  update<Reply>(request: UserRequest<Reply>): Promise<Outcome<Reply>>;
  /** Those of the users who have logged in once. */
  read(userIDs: readonly string[]): Promise<Map<string, UserRecord>>;
  /** The time from which a user's proofs hold, also that of one who was deleted; 0 when they all do. */
  signaturesFrom(userID: string): Promise<number>;
}

export interface DeviceLogin {
  device: number;
  /** Rises with every login of the device: what an older connection of it still sends is refused. */
  session: number;
  /** Whether `device` was asked for and is known, so that its operations keep their meaning. */
  resumed: boolean;
  /** Milliseconds when the device logged in first. */
  since: number;
}

export interface DeviceStorage {
  /**
   * Registers the user if need be (US3) and starts a session, of the device asked for when it is the user's own and
   * known, else of a new one with a number never given before.
   */
  login(request: { userID: string; device?: number; now: number }): Promise<DeviceLogin>;
  /** The user a device belongs to, while it is known (US11). */
  owner(device: number): Promise<string | undefined>;
  /** Forgets a device: its session, its operations and its places in AVChatRooms. Gives the rooms it was in. */
  logout(device: number): Promise<string[]>;
  /** Notes the time of contact of these devices. */
  seen(devices: readonly number[], now: number): Promise<void>;
}

// ---------------------------------------------------------------------------------------------- conversations

export interface ConversationRequest<Reply> {
  /** The users whose scopes may be written, locked in ascending order. The first is the one who asks. */
  userIDs: readonly string[];
  /** The conversations the rule needs. A group's is read with the group and the user's membership, unlocked. */
  conversations: readonly NamedConversation[];
  /** The messages the rule needs. */
  messages?: { chat: Chat; sequenceList: readonly number[] };
  /** Asks for the newest message of a conversation of the first user, without these. */
  lastMessage?: { conversationID: string; without: readonly number[] };
  /** Whether the rule needs the first user's conversation groups. */
  conversationGroups?: boolean;
  operation?: Operation;
  now: number;
  decide(state: ConversationsState): Decision<ConversationsChanges, Reply>;
}

/**
 * With `through`, the state tells the tally at that sequence, if that is behind the conversation's own. A mark only
 * rises, and so what is behind the read mark is not counted: of a `through` there, the read mark's tally is told.
 */
export interface NamedConversation {
  userID: string;
  conversationID: string;
  through?: number;
}

/** Everything that a user's devices mirror, as of one moment. */
export interface UserMirror {
  user: UserRecord;
  groups: JoinedGroup[];
  /** Those with a record and those of `groups`, by conversationID in the order of code points. */
  conversations: ListedConversationRow[];
  conversationGroups: ConversationGroupRecord[];
  /** The last deleted ones, oldest first (CG3). */
  deletedConversationGroups: { id: number; name: string }[];
}

export interface MessagePage {
  chat: Chat;
  /** Whose deleted messages are left out. */
  userID: string;
  /** Only what comes after this sequence, and before that one when it is given. */
  after: number;
  before?: number;
  count: number;
}

export interface ConversationStorage {
  /** Changes what belongs to the named users alone: their conversations, one-to-one messages, conversation groups. */
  update<Reply>(request: ConversationRequest<Reply>): Promise<Outcome<Reply>>;
  /** Undefined for a user who never logged in. */
  mirror(userID: string): Promise<UserMirror | undefined>;
  /** Some conversations of a user, each as it is, known or not, in the order asked for. */
  read(userID: string, conversationIDs: readonly string[]): Promise<ListedConversationRow[]>;
  /** Newest first. */
  messages(page: MessagePage): Promise<Message[]>;
}

// ---------------------------------------------------------------------------------------------- log

export interface LogRead {
  /** Events after the position, in order; undefined when the log no longer tells all of them, or never did. */
  events: readonly NumberedEvent[] | undefined;
  /** The number of the scope's last event. */
  seq: number;
}

export interface LogStorage {
  /** Reads at most `count` events after each position. A position of another epoch, or ahead, is unknown. */
  read(positions: readonly { scope: Scope; position: Position }[], count: number): Promise<LogRead[]>;
}
