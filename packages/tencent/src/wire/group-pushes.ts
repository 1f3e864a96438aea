/**
 * What happens to groups, as tips and notices (MS4). Tips go out as the kind that the client does not count as messages
 * of the group, because they take no place in its history.
 */
import { crc32 } from 'node:zlib';
import type {
  GroupAttribute,
  GroupProfile,
  GroupSnapshotFrame,
  LoggedEvent,
  MemberInfo,
  RoomTipFrame,
} from '@muster/protocol';
import type { Body } from './frame.ts';
import { wireCustomField } from './group-bodies.ts';
import { nextAttributeSeq, type WireMemory } from './memory.ts';
import type { EventPlace, PushReader } from './pushes.ts';

const SECOND_MS = 1_000;
const SYSTEM = '@TIM#SYSTEM';
const TIP = 6;
const NOTICE = 5;

/** What a tip tells. */
const TIPS = {
  joined: 1,
  quit: 2,
  removed: 3,
  madeAdmin: 4,
  madeMember: 5,
  profileChanged: 6,
  memberChanged: 7,
} as const;

/** What a notice tells. */
const NOTICES = { letIn: 2, removed: 4, dismissed: 5, added: 7, quit: 8 } as const;

type NameOf<Event> = Event extends { name: infer Name } ? Name : never;
type Tellers = {
  [Name in NameOf<LoggedEvent>]?: (event: Extract<LoggedEvent, { name: Name }>, place: EventPlace) => Body[];
};

const TELLERS: Tellers = {
  groupJoined: (event, place) => {
    const { groupID } = event.group.profile;
    const isOwn = event.by?.device === place.device;
    // Whoever made the group says so in it by himself.
    if (event.reason === 'created' && isOwn) return [];
    const report = event.reason === 'added' ? NOTICES.added : NOTICES.letIn;
    const told = isOwn ? [] : [notice(place, groupID, report, event.operatorID)];
    // With it the conversation appears; the members who were there are told by an event of the group.
    const { memberCount } = event.group.profile;
    const tells = { OpType: TIPS.joined, MemberNum: memberCount, ...membersOf([place.userID]) };
    return [...told, tip(place, groupID, event.operatorID, tells, UNNUMBERED)];
  },
  groupLeft: (event, place) => {
    if (event.reason === 'removed') return [notice(place, event.groupID, NOTICES.removed, event.operatorID)];
    return event.by?.device === place.device
      ? []
      : [notice(place, event.groupID, NOTICES.quit, event.operatorID)];
  },
  groupDismissed: (event, place) => [notice(place, event.groupID, NOTICES.dismissed, event.operatorID)],
  groupProfileUpdated: ({ profile, operatorID }, place) => [
    tip(place, profile.groupID, operatorID, {
      OpType: TIPS.profileChanged,
      MsgGroupNewInfo: newInfo(profile),
    }),
  ],
  groupMembersUpdated: membersUpdated,
  groupMemberUpdated: ({ groupID, member, operatorID }, place) => [
    tip(place, groupID, operatorID, {
      OpType: TIPS.memberChanged,
      List_Account: [member.userID],
      MsgMemberInfo: [{ User_Account: member.userID, ShutupTime: mutedSeconds(member, place.now) }],
    }),
  ],
  groupAttributesUpdated: ({ groupID, groupAttributes }, { memory }) => {
    if (!memory.missedAttributes) return [attributesChanged(groupID, groupAttributes, memory)];
    memory.missedAttributes.set(groupID, groupAttributes);
    return [];
  },
};

export function groupEvents(event: LoggedEvent, place: EventPlace): Body[] {
  const tell = TELLERS[event.name] as ((event: LoggedEvent, place: EventPlace) => Body[]) | undefined;
  return tell?.(event, place) ?? [];
}

function membersUpdated(
  event: Extract<LoggedEvent, { name: 'groupMembersUpdated' }>,
  place: EventPlace,
): Body[] {
  const { groupID, operatorID, memberCount, joined, left, roles } = event;
  const list = (OpType: number, userIDs: readonly string[]): Body[] =>
    userIDs.length === 0
      ? []
      : [
          tip(
            place,
            groupID,
            operatorID,
            { OpType, MemberNum: memberCount, ...membersOf(userIDs) },
            UNNUMBERED,
          ),
        ];
  const withRole = (role: MemberInfo['role']): string[] =>
    roles.filter((change) => change.role === role).map(({ userID }) => userID);
  const [owner] = withRole('Owner');
  return [
    ...list(TIPS.joined, joined),
    ...list(left.includes(operatorID) ? TIPS.quit : TIPS.removed, left),
    ...list(TIPS.madeAdmin, withRole('Admin')),
    ...list(TIPS.madeMember, withRole('Member')),
    ...(owner === undefined
      ? []
      : [
          tip(place, groupID, operatorID, {
            OpType: TIPS.profileChanged,
            MsgGroupNewInfo: { Owner_Account: owner },
          }),
        ]),
  ];
}

function membersOf(userIDs: readonly string[]): Body {
  return { List_Account: userIDs, MsgMemberExtraInfo: userIDs.map((UserId) => ({ UserId })) };
}

/** The owner is left out: the client takes one who is named for a new one. */
function newInfo(profile: GroupProfile): Body {
  return {
    GroupName: profile.name,
    GroupFaceUrl: profile.avatar,
    GroupIntroduction: profile.introduction,
    GroupNotification: profile.notification,
    GroupApplyJoinOption: profile.joinOption,
    ShutupAll: profile.muteAllMembers ? 1 : 0,
    MsgAppDefinedData: wireCustomField(profile.groupCustomField),
  };
}

function mutedSeconds({ muteUntil }: MemberInfo, now: number): number {
  return Math.max(0, muteUntil - Math.floor(now / SECOND_MS));
}

const IN_PLACE_OF_ALL = 1;

/** All that there are: a client that reads attributes anew would keep those that are gone. */
function attributesChanged(groupID: string, attributes: readonly GroupAttribute[], memory: WireMemory): Body {
  const GroupAttrOption = {
    GroupAttrSeq: nextAttributeSeq(memory, groupID),
    PushChangedAttrValFlag: 1,
    OpType: IN_PLACE_OF_ALL,
    GroupAttrInfo: attributes.map(({ key, value }) => ({ key, value, seq: 0 })),
  };
  return {
    Event: TIP,
    GroupTips: [{ ToGroupId: groupID, MsgBody: { MsgGroupNewInfo: { GroupAttrOption } } }],
  };
}

/** What was held back of attributes for a client that was away; from now on it is told at once. */
export function missedAttributeEvents(memory: WireMemory): Body[] {
  const missed = [...(memory.missedAttributes ?? [])];
  memory.missedAttributes = undefined;
  return missed.map(([groupID, attributes]) => attributesChanged(groupID, attributes, memory));
}

/** What names a message of the system: the client drops one whose name it has seen. */
function nameOf({ scope, seq, now }: EventPlace): Body {
  const time = Math.floor(now / SECOND_MS);
  const random = crc32(`${scope} ${seq}`);
  return {
    From_Account: SYSTEM,
    MsgSeq: random,
    MsgRandom: random,
    MsgTimeStamp: time,
    MsgClientTime: time,
  };
}

/** A tip that makes the conversation appear must not be taken for the place where its history ends. */
const UNNUMBERED = { MsgSeq: 0 };

function tip(place: EventPlace, groupID: string, operatorID: string, tells: Body, more: Body = {}): Body {
  const body = {
    Operator_Account: operatorID,
    GroupJoinType: 1,
    MsgOperatorMemberExtraInfo: { UserId: operatorID },
    ...tells,
  };
  return {
    Event: TIP,
    GroupTips: [
      { ...nameOf(place), ...more, ToGroupId: groupID, GroupInfo: { GroupId: groupID }, MsgBody: body },
    ],
  };
}

function notice(place: EventPlace, groupID: string, report: number, operatorID: string): Body {
  const MsgBody = { ReportType: report, Operator_Account: operatorID, RemarkInfo: '' };
  return {
    Event: NOTICE,
    GroupTips: [{ ...nameOf(place), ToGroupId: groupID, GroupInfo: { GroupId: groupID }, MsgBody }],
  };
}

/** A group as it is now, for a client that missed more than can be told; `null` when its user is no longer in it. */
export function groupReplaced({ groupID, group }: GroupSnapshotFrame, reader: PushReader): Body {
  const place = { ...reader, scope: `snapshot ${groupID}`, seq: reader.now };
  if (!group) return notice(place, groupID, NOTICES.quit, reader.userID);
  const tells = { OpType: TIPS.profileChanged, MsgGroupNewInfo: newInfo(group.profile) };
  return tip(place, groupID, reader.userID, tells);
}

/** Somebody came into an AVChatRoom or left it. */
export function roomTip(
  { groupID, kind, userID, nick, avatar, memberCount }: RoomTipFrame,
  now: number,
): Body {
  const time = Math.floor(now / SECOND_MS);
  const random = crc32(`${groupID} ${kind} ${userID} ${now}`);
  const who = { UserId: userID, NickName: nick, ImageUrl: avatar };
  return {
    Event: TIP,
    GroupTips: [
      {
        From_Account: SYSTEM,
        MsgSeq: random,
        MsgRandom: random,
        MsgTimeStamp: time,
        MsgClientTime: time,
        ToGroupId: groupID,
        GroupInfo: { GroupId: groupID, GroupType: 'AVChatRoom' },
        MsgBody: {
          OpType: kind === 'joined' ? TIPS.joined : TIPS.quit,
          Operator_Account: userID,
          GroupJoinType: 1,
          MemberNum: memberCount,
          List_Account: [userID],
          MsgMemberExtraInfo: [who],
          MsgOperatorMemberExtraInfo: who,
        },
      },
    ],
  };
}
