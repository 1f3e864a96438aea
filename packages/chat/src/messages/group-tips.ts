/** What happened in a group, said in messages that nobody sent and nothing keeps (MS4). */
import type { GroupProfile, GroupView, LoggedEvent, MemberInfo, Role, RoomTipFrame } from '@muster/protocol';
import { TYPES } from '../constants/types.ts';
import type { TipMember } from '../types/payloads.ts';

/** What a tip says of a group; a notice says it to the user alone. */
export interface Saying {
  operationType: number;
  memberList?: TipMember[];
  newGroupProfile?: Partial<GroupProfile>;
  isNotice?: true;
}

/** The numbers of notices, by the reason of the event or its name. */
const NOTICES: Record<string, number> = { removed: 4, groupDismissed: 5, added: 7, quit: 8 };
const ROLES: Partial<Record<Role, number>> = {
  Admin: TYPES.GRP_TIP_MBR_SET_ADMIN,
  // Handing the group on changes two roles: the profile tells of it.
  Member: TYPES.GRP_TIP_MBR_CANCELED_ADMIN,
};

/** What all events and frames that are said have some of. */
interface Deed {
  name?: LoggedEvent['name'];
  reason?: string;
  operatorID: string;
  member?: MemberInfo;
  profile?: GroupProfile;
  joined: string[];
  left: string[];
  roles: { userID: string; role: Role }[];
  kind?: RoomTipFrame['kind'];
}

/** `before` is the group as it was; `now` is the server's time in seconds; `isOwn` when this device did it. */
export function sayingOf(
  event: LoggedEvent | RoomTipFrame,
  {
    before,
    now,
    isOwn,
    userID,
  }: { before: GroupView | undefined; now: number; isOwn: boolean; userID: string },
): Saying | undefined {
  const { name = '', reason = name, kind, member, profile, operatorID, joined, left, roles } = event as Deed;
  const notice = NOTICES[reason];
  if (notice) return isOwn ? undefined : { operationType: notice, isNotice: true };
  if (kind) {
    const { userID, nick, avatar } = event as RoomTipFrame;
    return { operationType: kind === 'joined' ? 1 : 2, memberList: [{ userID, nick, avatar }] };
  }
  if (member) {
    const { userID, nameCard, muteUntil } = member;
    const memberList = [{ userID, nameCard, muteTime: Math.max(0, muteUntil - now) }];
    return { operationType: TYPES.GRP_TIP_MBR_PROFILE_UPDATED, memberList };
  }
  if (before && profile) {
    const newGroupProfile = difference(before.profile, profile);
    return Object.keys(newGroupProfile)[0] === undefined
      ? undefined
      : { operationType: TYPES.GRP_TIP_GRP_PROFILE_UPDATED, newGroupProfile };
  }
  if (!joined) return undefined;
  const operationType = joined[0]
    ? 1
    : left[0]
      ? left.includes(operatorID)
        ? 2
        : 3
      : ROLES[roles[0]?.role as Role];
  // Whoever has left himself hears of it by a notice.
  const memberList = [...joined, ...left, ...roles.map((one) => one.userID)]
    .filter((one) => !left.includes(one) || one !== userID)
    .map((userID) => ({ userID }));
  return operationType && memberList[0] ? { operationType, memberList } : undefined;
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
