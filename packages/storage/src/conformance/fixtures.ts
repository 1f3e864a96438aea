import { accept, type GroupRecord, type MemberRecord, refuse } from '@muster/domain';
import type { Role } from '@muster/protocol';
import type { Operation, Outcome, Storage } from '../port.ts';

/** The time at which the tests begin: milliseconds that are plainly not the machine's own. */
export const START = 1_700_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function groupRecord(groupID: string, changes: Partial<GroupRecord> = {}): GroupRecord {
  return {
    groupID,
    generation: 1,
    type: 'Public',
    name: 'A group',
    avatar: '',
    introduction: '',
    notification: '',
    ownerID: 'owner',
    joinOption: 'FreeAccess',
    inviteOption: 'FreeAccess',
    isSupportTopic: false,
    maxMemberCount: 6_000,
    memberCount: 1,
    muteAllMembers: false,
    groupCustomField: [],
    createTime: START / 1_000,
    endedAt: 0,
    seq: 0,
    countersVersion: 0,
    messageSeq: 0,
    messagesCounted: 0,
    firstMessageSeq: 0,
    ...changes,
  };
}

export function memberRecord(userID: string, role: Role = 'Member', joinTime = START / 1_000): MemberRecord {
  const joined = { joinSequence: 0, joinCounted: 0, ownCounted: 0 };
  return { userID, role, joinTime, nameCard: '', muteUntil: 0, ...joined };
}

/** Makes a group with these members; the first is its owner. Its messages go on where an older group left off. */
export async function createGroup(
  storage: Storage,
  groupID: string,
  userIDs: readonly string[] = ['owner'],
  changes: Partial<GroupRecord> = {},
): Promise<void> {
  const group = groupRecord(groupID, { ownerID: userIDs[0] ?? '', memberCount: userIDs.length, ...changes });
  replyOf(
    await storage.groups.update({
      groupID,
      userIDs,
      now: START,
      decide: (state) => {
        const { generation = 0, messageSeq = 0, messagesCounted = 0 } = state.group ?? {};
        const numbers = { messageSeq, messagesCounted, firstMessageSeq: messageSeq };
        const members = userIDs.map((userID, at): [string, MemberRecord] => {
          const member = memberRecord(userID, at === 0 ? 'Owner' : 'Member');
          return [userID, { ...member, joinSequence: messageSeq, joinCounted: messagesCounted }];
        });
        return accept({ group: { ...group, ...numbers, generation: generation + 1 }, members }, 'created');
      },
    }),
  );
}

/** Ends a group as its dismissal does. */
export async function endGroup(storage: Storage, groupID: string, now = START): Promise<void> {
  replyOf(
    await storage.groups.update({
      groupID,
      userIDs: [],
      now,
      decide: ({ group }) => {
        if (!group) throw new Error(`There is no group ${groupID} to end.`);
        const event = { name: 'groupDismissed', groupID, operatorID: group.ownerID } as const;
        return accept({ group: { ...group, endedAt: now }, revokes: true }, 'ended', [
          { scope: `group:${groupID}`, event },
        ]);
      },
    }),
  );
}

/** Takes a user out of a group. */
export async function removeMember(storage: Storage, groupID: string, userID: string): Promise<void> {
  replyOf(
    await storage.groups.update({
      groupID,
      userIDs: [userID],
      now: START,
      decide: ({ group }) => {
        if (!group) throw new Error(`There is no group ${groupID} to leave.`);
        const changed = { ...group, memberCount: group.memberCount - 1 };
        return accept({ group: changed, members: [[userID, null]], revokes: true }, 'removed');
      },
    }),
  );
}

/** The reply of an outcome that must be an acceptance. */
export function replyOf<Reply>(outcome: Outcome<Reply>): Reply {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.error} ${outcome.message ?? ''}`);
  return outcome.reply;
}

/** The operations of one device, one after another. `low` stays where it is until the test confirms. */
export interface OperationSource {
  device: number;
  session: number;
  next(): Operation;
  at(seq: number, changes?: { hash?: number; low?: number }): Operation;
}

/** Logs a device in and numbers its operations. */
export async function loginDevice(storage: Storage, userID: string, now = START): Promise<OperationSource> {
  const { device, session } = await storage.devices.login({ userID, now });
  return operationsOf(device, session);
}

export function operationsOf(device: number, session: number): OperationSource {
  let last = 0;
  const at = (seq: number, { hash = 1, low = 1 } = {}): Operation => ({
    device: { device, session, seq, low },
    hash,
  });
  return {
    device,
    session,
    at,
    next: () => {
      last += 1;
      return at(last, { low: Math.max(1, last - 32) });
    },
  };
}

/** Ends every login of a user. */
export function kick(storage: Storage, userID: string, now: number): Promise<Outcome<null>> {
  return storage.users.update({
    userID,
    now,
    decide: (state) => (state ? accept({ signaturesFrom: now }, null) : refuse('USER_NOT_FOUND')),
  });
}
