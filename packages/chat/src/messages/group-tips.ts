/** What happened in a group, said in messages that nobody sent and nothing keeps (MS4). */
import type { GroupProfile, GroupView, LoggedEvent, RoomTipFrame } from '@muster/protocol';
import { TYPES } from '../constants/types.ts';
import type { TipMember } from '../types/payloads.ts';

/** What a tip says of a group; a notice says it to the user alone. */
export interface Saying {
  operationType: number;
  memberList?: TipMember[];
  newGroupProfile?: Partial<GroupProfile>;
  isNotice?: true;
}

const KICKED = 4;
const DISMISSED = 5;
const INVITED = 7;
const QUIT_ELSEWHERE = 8;

const notice = (operationType: number): Saying[] => [{ operationType, isNotice: true }];

const tip = (operationType: number, userIDs: string[]): Saying[] =>
  userIDs.length > 0 ? [{ operationType, memberList: userIDs.map((userID) => ({ userID })) }] : [];

/** `before` is the group as it was; `now` is the server's time in seconds; `isOwn` when this device did it. */
export function sayingsOf(
  event: LoggedEvent | RoomTipFrame,
  {
    before,
    now,
    isOwn,
    userID,
  }: { before: GroupView | undefined; now: number; isOwn: boolean; userID: string },
): Saying[] {
  if ('event' in event) {
    const { kind, nick, avatar } = event;
    const operationType = kind === 'joined' ? TYPES.GRP_TIP_MBR_JOIN : TYPES.GRP_TIP_MBR_QUIT;
    return [{ operationType, memberList: [{ userID: event.userID, nick, avatar }] }];
  }
  switch (event.name) {
    case 'groupMembersUpdated':
      return memberTips(event, userID);
    case 'groupMemberUpdated': {
      const { nameCard, muteUntil } = event.member;
      const member = { userID: event.member.userID, nameCard, muteTime: Math.max(0, muteUntil - now) };
      return [{ operationType: TYPES.GRP_TIP_MBR_PROFILE_UPDATED, memberList: [member] }];
    }
    case 'groupProfileUpdated': {
      const newGroupProfile = before ? difference(before.profile, event.profile) : {};
      return Object.keys(newGroupProfile).length > 0
        ? [{ operationType: TYPES.GRP_TIP_GRP_PROFILE_UPDATED, newGroupProfile }]
        : [];
    }
    case 'groupJoined':
      return event.reason === 'added' ? notice(INVITED) : [];
    case 'groupLeft':
      if (event.reason === 'removed') return notice(KICKED);
      return isOwn ? [] : notice(QUIT_ELSEWHERE);
    case 'groupDismissed':
      return isOwn ? [] : notice(DISMISSED);
    default:
      return [];
  }
}

function memberTips(event: LoggedEvent & { name: 'groupMembersUpdated' }, userID: string): Saying[] {
  const { joined, roles, operatorID } = event;
  // Whoever has left himself hears of it by a notice.
  const left = event.left.filter((one) => one !== userID);
  const named = (role: string) => roles.filter((one) => one.role === role).map(({ userID }) => userID);
  const tips = [
    ...tip(TYPES.GRP_TIP_MBR_JOIN, joined),
    ...tip(left.includes(operatorID) ? TYPES.GRP_TIP_MBR_QUIT : TYPES.GRP_TIP_MBR_KICKED_OUT, left),
  ];
  // Handing the group on changes roles too: the profile tells of it.
  if (named('Owner').length > 0) return tips;
  return [
    ...tips,
    ...tip(TYPES.GRP_TIP_MBR_SET_ADMIN, named('Admin')),
    ...tip(TYPES.GRP_TIP_MBR_CANCELED_ADMIN, named('Member')),
  ];
}

/** The fields that have other values now; who comes and what is said does not count. */
function difference(before: GroupProfile, after: GroupProfile): Partial<GroupProfile> {
  const changed = Object.entries(after).filter(
    ([name, value]) =>
      !/^(memberC|nextM)/.test(name) &&
      JSON.stringify(value) !== JSON.stringify(before[name as keyof GroupProfile]),
  );
  return Object.fromEntries(changed);
}
