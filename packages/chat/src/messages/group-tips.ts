/** What happened in a group, said in messages that nobody sent and nothing keeps (MS4). */
import type { GroupProfile, GroupView, LoggedEvent, RoomTipFrame } from '@muster/protocol';
import { TYPES } from '../constants/types.ts';
import type { TipMember } from '../types/payloads.ts';

/** What a tip or a notice says, besides the group that it concerns. */
export interface Saying {
  type: string;
  groupID: string;
  payload: { operationType: number; operatorID: string; [detail: string]: unknown };
}

const NOTICE = { kicked: 4, dismissed: 5, invited: 7, quitElsewhere: 8 };

/** `before` is the group as it was; `now` is the server's time in milliseconds; `isOwn` when this device did it. */
export function sayingsOf(
  event: LoggedEvent | RoomTipFrame,
  { before, now, isOwn }: { before: GroupView | undefined; now: number; isOwn: boolean },
): Saying[] {
  if ('event' in event) return [roomTip(event)];
  switch (event.name) {
    case 'groupMembersUpdated':
      return memberTips(event);
    case 'groupMemberUpdated': {
      const { userID, nameCard, muteUntil } = event.member;
      const muteTime = Math.max(0, muteUntil - Math.floor(now / 1_000));
      return [tip(event, TYPES.GRP_TIP_MBR_PROFILE_UPDATED, [{ userID, nameCard, muteTime }])];
    }
    case 'groupProfileUpdated': {
      const newGroupProfile = before ? difference(before.profile, event.profile) : {};
      if (Object.keys(newGroupProfile).length === 0) return [];
      const { groupID } = event.profile;
      return [tip({ ...event, groupID }, TYPES.GRP_TIP_GRP_PROFILE_UPDATED, [], { newGroupProfile })];
    }
    case 'groupJoined':
      return event.reason === 'added' ? [notice(event, event.group.profile.groupID, NOTICE.invited)] : [];
    case 'groupLeft': {
      if (event.reason === 'removed') return [notice(event, event.groupID, NOTICE.kicked)];
      return isOwn ? [] : [notice(event, event.groupID, NOTICE.quitElsewhere)];
    }
    case 'groupDismissed':
      return isOwn ? [] : [notice(event, event.groupID, NOTICE.dismissed)];
    default:
      return [];
  }
}

interface Deed {
  groupID: string;
  operatorID: string;
}

function tip(
  { groupID, operatorID }: Deed,
  operationType: number,
  memberList: TipMember[],
  more: object = {},
): Saying {
  const userIDList = memberList.map(({ userID }) => userID);
  const payload = { operationType, operatorID, userIDList, memberList, newGroupProfile: {}, ...more };
  return { type: TYPES.MSG_GRP_TIP, groupID, payload };
}

function notice({ operatorID }: Pick<Deed, 'operatorID'>, groupID: string, operationType: number): Saying {
  return {
    type: TYPES.MSG_GRP_SYS_NOTICE,
    groupID,
    payload: { operationType, operatorID, handleMessage: '' },
  };
}

function roomTip({ groupID, kind, userID, nick, avatar, memberCount }: RoomTipFrame): Saying {
  const operationType = kind === 'joined' ? TYPES.GRP_TIP_MBR_JOIN : TYPES.GRP_TIP_MBR_QUIT;
  return tip(
    { groupID, operatorID: userID },
    operationType,
    [{ userID, nick, avatar } as { userID: string }],
    {
      memberCount,
    },
  );
}

function memberTips(event: LoggedEvent & { name: 'groupMembersUpdated' }): Saying[] {
  const { joined, left, roles, operatorID, memberCount } = event;
  const named = (role: string) => roles.filter((one) => one.role === role).map(({ userID }) => userID);
  // The words for what happened to a role do not know its being handed on, which the profile tells.
  const isHandedOn = named('Owner').length > 0;
  const told: [number, string[]][] = [
    [TYPES.GRP_TIP_MBR_JOIN, joined],
    [left.includes(operatorID) ? TYPES.GRP_TIP_MBR_QUIT : TYPES.GRP_TIP_MBR_KICKED_OUT, left],
    [TYPES.GRP_TIP_MBR_SET_ADMIN, isHandedOn ? [] : named('Admin')],
    [TYPES.GRP_TIP_MBR_CANCELED_ADMIN, isHandedOn ? [] : named('Member')],
  ];
  return told
    .filter(([, userIDs]) => userIDs.length > 0)
    .map(([type, userIDs]) =>
      tip(
        event,
        type,
        userIDs.map((userID) => ({ userID })),
        { memberCount },
      ),
    );
}

/** The fields that have other values now; who comes and what is said does not count. */
function difference(before: GroupProfile, after: GroupProfile): Partial<GroupProfile> {
  const changed = Object.entries(after).filter(
    ([name, value]) =>
      !/^(memberCount|nextMessageSeq)$/.test(name) &&
      JSON.stringify(value) !== JSON.stringify(before[name as keyof GroupProfile]),
  );
  return Object.fromEntries(changed);
}
