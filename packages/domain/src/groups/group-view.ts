/** A group as it is shown. */
import type { GroupProfile, GroupView, MemberInfo } from '@muster/protocol';
import type { GroupRecord, MemberRecord } from './group-state.ts';

export function profileOf(group: GroupRecord): GroupProfile {
  return {
    groupID: group.groupID,
    type: group.type,
    name: group.name,
    avatar: group.avatar,
    introduction: group.introduction,
    notification: group.notification,
    ownerID: group.ownerID,
    joinOption: group.joinOption,
    inviteOption: group.inviteOption,
    isSupportTopic: group.isSupportTopic,
    memberCount: group.memberCount,
    maxMemberCount: group.maxMemberCount,
    muteAllMembers: group.muteAllMembers,
    groupCustomField: group.groupCustomField,
    createTime: group.createTime,
    nextMessageSeq: group.messageSeq + 1,
  };
}

export function infoOf({ userID, role, joinTime, nameCard, muteUntil }: MemberRecord): MemberInfo {
  return { userID, role, joinTime, nameCard, muteUntil };
}

/** The group as this member sees it, `groupEvents` events after the record's own place in its log. */
export function viewOf(group: GroupRecord, member: MemberRecord, groupEvents = 0): GroupView {
  return {
    profile: profileOf(group),
    selfInfo: infoOf(member),
    seq: group.seq + groupEvents,
    countersVersion: group.countersVersion,
  };
}
