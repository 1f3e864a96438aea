import { type ConversationGroupChanges, type ConversationGroupRecord, conversationKey } from '@muster/domain';
import { conversationOfGroup, LIMITS, parseConversationID } from '@muster/protocol';
import type { MemoryConversationGroups, MemoryState } from './state.ts';

const NONE: MemoryConversationGroups = { lastID: 0, present: [], deleted: [] };

/** A user's conversation groups, without members whose group has ended (CG15). */
export function conversationGroupsOf(state: MemoryState, userID: string): MemoryConversationGroups {
  const { lastID, present, deleted } = state.conversationGroups.get(userID) ?? NONE;
  const living = present.map(({ id, name, members }) => {
    return { id, name, members: members.filter((member) => isOfLiving(state, member)) };
  });
  return { lastID, present: living, deleted };
}

/** Whether what belongs to a conversation was written in the present generation of its group, if it is a group's. */
export function isOfLiving(
  state: MemoryState,
  { conversationID, generation }: { conversationID: string; generation: number },
): boolean {
  const named = parseConversationID(conversationID);
  if (named?.type !== 'GROUP') return true;
  const group = state.groups.get(named.groupID)?.record;
  return group?.endedAt === 0 && group.generation === generation;
}

export function changeConversationGroups(
  state: MemoryState,
  userID: string,
  { put, deleted, added, removed }: ConversationGroupChanges,
): void {
  const groups = structuredClone(conversationGroupsOf(state, userID));
  const find = (id: number) => groups.present.find((group) => group.id === id);
  const keep = (changed: ConversationGroupRecord) => {
    const others = groups.present.filter(({ id }) => id !== changed.id);
    groups.present = [...others, changed].sort((a, b) => a.id - b.id);
  };
  if (put) {
    keep({ ...put, members: find(put.id)?.members ?? [] });
    groups.lastID = Math.max(groups.lastID, put.id);
  }
  if (deleted) {
    groups.present = groups.present.filter(({ id }) => id !== deleted.id);
    const kept = LIMITS.deletedConversationGroups_perUser_max.value;
    groups.deleted = [...groups.deleted, { ...deleted }].slice(-kept);
  }
  const enlarged = added && find(added.id);
  if (enlarged) keep({ ...enlarged, members: [...enlarged.members, ...structuredClone(added.members)] });
  const reduced = removed && find(removed.id);
  if (reduced) keep({ ...reduced, members: without(reduced, removed.conversationIDList) });
  state.conversationGroups.set(userID, groups);
}

/** Who leaves a group takes along his record of its conversation and its places in his conversation groups (CG15). */
export function takeAlong(state: MemoryState, userID: string, groupID: string): void {
  const conversationID = conversationOfGroup(groupID);
  state.conversations.delete(conversationKey(userID, conversationID));
  const groups = state.conversationGroups.get(userID);
  if (!groups) return;
  const present = groups.present.map((group) => ({ ...group, members: without(group, [conversationID]) }));
  state.conversationGroups.set(userID, { ...groups, present });
}

function without({ members }: ConversationGroupRecord, conversationIDList: readonly string[]) {
  return members.filter(({ conversationID }) => !conversationIDList.includes(conversationID));
}
