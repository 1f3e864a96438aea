/** Groups, members and requests as an app gets them: copies, which it may change (DI5), with the API's own words. */
import type {
  ConversationView,
  GroupProfile,
  GroupView,
  MemberEntry,
  GroupType as WireGroupType,
} from '@muster/protocol';
import { copyOf } from './copy-of.ts';
import { lastMessageOf } from './last-message.ts';
import type { GroupMember } from './types/group-members.ts';
import type { Group, GroupSelfInfo } from './types/groups.ts';
import type { GroupType, InviteOption } from './types/vocabulary.ts';

/** Work and Meeting have older words in the API. */
const TYPE_WORDS: Record<WireGroupType, GroupType> = {
  Work: 'Private',
  Public: 'Public',
  Meeting: 'ChatRoom',
  AVChatRoom: 'AVChatRoom',
  Community: 'Community',
};

/** The wire's type for the API's word, or for the wire's own; undefined for anything else. */
export function wireGroupType(word: string): WireGroupType | undefined {
  const types = Object.keys(TYPE_WORDS) as WireGroupType[];
  return types.find((type) => type === word || TYPE_WORDS[type] === word);
}

/** The API has another word for "nobody" in the option of invitations than in that of joining. */
export function wireInviteOption(word: string | undefined): string | undefined {
  return word === 'DisableInvite' ? 'DisableApply' : word;
}

/** With what its conversation tells of it, when it has one. */
export function groupOf({ profile, selfInfo }: GroupView, conversation?: ConversationView): Group {
  const { userID, role, nameCard, joinTime, muteUntil } = selfInfo;
  const messageRemindType = conversation?.state.messageRemindType ?? 'AcceptAndNotify';
  const info = { userID, role, nameCard, joinTime, muteUntil, messageRemindType };
  return { ...withSelfInfo(profile, info), lastMessage: lastMessageOf(conversation) };
}

/** A group that the user is not in. */
export function foreignGroupOf(profile: GroupProfile): Group {
  const role = '' as GroupSelfInfo['role'];
  return withSelfInfo(profile, {
    userID: '',
    role,
    nameCard: '',
    joinTime: 0,
    muteUntil: 0,
    messageRemindType: 'AcceptAndNotify',
  });
}

export function memberOf(member: MemberEntry): GroupMember {
  return { ...member, memberCustomField: [] };
}

function withSelfInfo(profile: GroupProfile, selfInfo: GroupSelfInfo): Group {
  return {
    ...copyOf(profile),
    type: TYPE_WORDS[profile.type],
    inviteOption: (profile.inviteOption === 'DisableApply'
      ? 'DisableInvite'
      : profile.inviteOption) as InviteOption,
    lastMessage: lastMessageOf(),
    selfInfo,
  };
}
