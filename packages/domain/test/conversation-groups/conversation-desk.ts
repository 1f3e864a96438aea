/** One user's conversations and conversation groups in memory: runs the rules as a storage would, and keeps changes. */
import {
  addConversationsToGroup,
  type ConversationGroupChanges,
  type ConversationGroupRecord,
  type ConversationRow,
  type ConversationsChanges,
  type ConversationsState,
  conversationGroupOf,
  conversationKey,
  createConversationGroup,
  type Decision,
  deleteConversationGroup,
  deleteConversationsFromGroup,
  recordOf,
  renameConversationGroup,
  type ScopedEvent,
} from '@muster/domain';
import {
  type ConversationGroup,
  ERRORS,
  type ErrorName,
  type GroupType,
  type LoggedEvent,
} from '@muster/protocol';
import { by, townWith } from '../groups/group-town.ts';

const ANN = by('ann');

/** A name looks it up; an id and a name go as an SDK sends them (CG16). */
export type Named = string | { groupName: string; conversationGroupID: number };
const named = (name: Named) => (typeof name === 'string' ? { groupName: name } : name);

type Rule<Reply> = (state: ConversationsState) => Decision<ConversationsChanges, Reply>;
type Verdict<Reply> = { reply: Reply } | { refused: ErrorName };

export class ConversationDesk {
  readonly rows = new Map<string, ConversationRow>();
  conversationGroups: ConversationGroupRecord[] = [];
  lastConversationGroupID = 0;
  listedOnly = true;
  /** Of the last call alone. */
  events: readonly ScopedEvent[] = [];

  /** A one-to-one conversation in which that much was said. */
  hasTalk(userID: string, sequence = 1): string {
    const conversationID = `C2C${userID}`;
    const row = { conversationID, record: undefined, group: undefined, member: undefined, peer: undefined };
    const tally = { sequence, counted: sequence, own: 0 };
    return this.put({ ...row, record: { ...recordOf(row), tally } });
  }

  /** A living group, and whether the user is in it. */
  hasGroup(groupID: string, type: GroupType = 'Work', isMember = true): string {
    const { group } = townWith({ type });
    const alice = townWith().members.get('alice');
    if (group === undefined || alice === undefined) throw new Error('the town has a group, and alice in it');
    return this.put({
      conversationID: `GROUP${groupID}`,
      record: undefined,
      group: { ...group, groupID, generation: 7 },
      member: isMember ? { ...alice, userID: ANN.userID } : undefined,
      peer: undefined,
    });
  }

  deletesFromList(conversationID: string): void {
    const row = this.rows.get(conversationKey(ANN.userID, conversationID));
    if (row === undefined) throw new Error(`no conversation ${conversationID}`);
    const sequence = row.group?.messageSeq ?? recordOf(row).tally.sequence;
    this.put({ ...row, record: { ...recordOf(row), hiddenThrough: sequence } });
  }

  create(groupName: string, conversationIDList: string[] = []) {
    const input = { groupName, conversationIDList };
    return this.run((state) => createConversationGroup(state, ANN, input, { listedOnly: this.listedOnly }));
  }

  delete(name: Named) {
    return this.run((state) => deleteConversationGroup(state, ANN, named(name)));
  }

  rename(name: Named, newName: string) {
    const { groupName: oldName, ...id } = named(name);
    return this.run((state) => renameConversationGroup(state, ANN, { oldName, newName, ...id }));
  }

  add(name: Named, conversationIDList: string[]) {
    const input = { ...named(name), conversationIDList };
    return this.run((state) => addConversationsToGroup(state, ANN, input, { listedOnly: this.listedOnly }));
  }

  remove(name: Named, conversationIDList: string[]) {
    const input = { ...named(name), conversationIDList };
    return this.run((state) => deleteConversationsFromGroup(state, ANN, input));
  }

  read(): ConversationGroup[] {
    return this.conversationGroups.map(conversationGroupOf);
  }

  private put(row: ConversationRow): string {
    this.rows.set(conversationKey(ANN.userID, row.conversationID), row);
    return row.conversationID;
  }

  private run<Reply>(rule: Rule<Reply>): Verdict<Reply> {
    const { rows: conversations, conversationGroups, lastConversationGroupID } = this;
    const nothing = { users: new Map(), tallies: new Map(), messages: new Map() };
    const state = { ...nothing, conversations, conversationGroups, lastConversationGroupID };
    const before = JSON.stringify(state.conversationGroups);
    const decision = rule(state);
    if (JSON.stringify(state.conversationGroups) !== before) throw new Error('a rule changed its state');
    this.events = decision.ok ? decision.events : [];
    if (!decision.ok) return { refused: decision.error };
    this.keep(decision.changes.conversationGroups ?? {});
    return { reply: decision.reply };
  }

  /** As strict as a table with keys: what is not there is not changed, and what is there is not put twice. */
  private keep({ put, deleted, added, removed }: ConversationGroupChanges): void {
    if (put !== undefined) this.keepName(put);
    if (deleted !== undefined) {
      this.one(deleted.id);
      this.conversationGroups = this.conversationGroups.filter(({ id }) => id !== deleted.id);
    }
    if (added !== undefined) {
      const old = this.one(added.id);
      this.replace({ ...old, members: [...old.members, ...added.members] });
    }
    if (removed !== undefined) {
      const old = this.one(removed.id);
      const gone = new Set(removed.conversationIDList);
      this.replace({ ...old, members: old.members.filter((member) => !gone.has(member.conversationID)) });
    }
  }

  private keepName({ id, name }: { id: number; name: string }): void {
    if (id <= this.lastConversationGroupID) this.replace({ ...this.one(id), name });
    else {
      this.lastConversationGroupID = id;
      this.conversationGroups = [...this.conversationGroups, { id, name, members: [] }];
    }
  }

  private one(id: number): ConversationGroupRecord {
    const found = this.conversationGroups.find((each) => each.id === id);
    if (found === undefined) throw new Error(`a change of the conversation group ${id}, which there is not`);
    return found;
  }

  private replace(changed: ConversationGroupRecord): void {
    this.conversationGroups = this.conversationGroups.map((each) =>
      each.id === changed.id ? changed : each,
    );
  }
}

/** A failure as it is answered. */
export function failure(conversationID: string, error: ErrorName) {
  const { code, message } = ERRORS[error];
  return { conversationID, code, message };
}

/** What a device makes of the events alone. */
export function applyEvents(
  mirror: ConversationGroup[],
  events: readonly ScopedEvent[],
): ConversationGroup[] {
  let now = mirror;
  for (const { event } of events) now = applied(now, event);
  return now;
}

function applied(before: ConversationGroup[], event: LoggedEvent): ConversationGroup[] {
  if (event.name === 'conversationGroupCreated') return before.concat(event.conversationGroup);
  if (event.name === 'conversationGroupDeleted')
    return before.filter((each) => each.conversationGroupID !== event.conversationGroupID);
  return before.map((each) => {
    if (event.name === 'conversationGroupRenamed' && each.conversationGroupID === event.conversationGroupID)
      return { ...each, groupName: event.groupName };
    if (event.name !== 'conversationGroupMembersUpdated') return each;
    if (each.conversationGroupID !== event.conversationGroupID) return each;
    const kept = each.conversationIDList.filter((id) => !event.removed.includes(id));
    return { ...each, conversationIDList: [...kept, ...event.added] };
  });
}
