/** Joining a group, or asking to be let in (GR1), and entering an AVChatRoom with a device (GR7). */
import type { CommandError, JoinGroupInput, JoinGroupOutput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { livingGroup, roleOf } from '../group-roles.ts';
import { refuseText } from '../texts.ts';
import { secondsOf } from '../times.ts';
import { refuseFull } from './group-arguments.ts';
import type { GroupChanges, GroupRecord, GroupState, MemberRecord } from './group-state.ts';
import { profileOf, viewOf } from './group-view.ts';
import { admit, memberOf } from './membership-change.ts';

/** `leftGroupIDList` of the reply is empty: which other rooms a device leaves is no matter of this group. */
type JoinDecision = Decision<GroupChanges, JoinGroupOutput, CommandError<'joinGroup'>>;

export function joinGroup(state: GroupState, asker: Asker, input: JoinGroupInput): JoinDecision {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (group.type === 'AVChatRoom') return enterRoom(state, group, asker);
  const member = state.members.get(asker.userID);
  if (member !== undefined) return accept({}, joined('AlreadyInGroup', group, member));
  if (group.joinOption === 'DisableApply') {
    return refuse('NOT_PERMITTED', 'This group takes no requests to join: a member has to add you.');
  }
  const refusal = refuseText('applyMessage', input.applyMessage, 'applyMessage_bytes_max');
  if (refusal !== undefined) return refusal;
  if (group.joinOption === 'NeedPermission') return apply(group, asker, input);

  const full = refuseFull(group, 1);
  if (full !== undefined) return full;
  const newcomer = memberOf(group, asker.userID, asker);
  const change = admit(state, group, [newcomer], asker);
  const reply = joined('JoinedSuccess', change.group, newcomer, change.groupEvents);
  return accept(change.changes, reply, change.events);
}

/** A second request takes the place of the first. */
function apply(
  group: GroupRecord,
  { userID, now }: Asker,
  { applyMessage = '' }: JoinGroupInput,
): JoinDecision {
  const application = { userID, applyMessage, applyTime: secondsOf(now) };
  const reply = {
    status: 'WaitAdminApproval',
    group: null,
    profile: profileOf(group),
    leftGroupIDList: [],
  } as const;
  return accept({ applications: [[userID, application]] }, { ...reply, leftGroupIDList: [] });
}

function enterRoom(state: GroupState, group: GroupRecord, asker: Asker): JoinDecision {
  const { device, userID, now } = asker;
  if (device === undefined) {
    return refuse('NOT_PERMITTED', 'An AVChatRoom is joined by a device: use a connection of the SDK.');
  }
  const place = state.roomDevices.get(device);
  const member = memberOf(group, userID, { role: roleOf(state, userID), now });
  if (place?.userID === userID) {
    return accept({}, joined('AlreadyInGroup', group, { ...member, joinTime: place.joinTime }));
  }
  const changes: GroupChanges = { roomDevices: [[device, { device, userID, joinTime: member.joinTime }]] };
  return accept(changes, joined('JoinedSuccess', group, member));
}

function joined(
  status: 'JoinedSuccess' | 'AlreadyInGroup',
  group: GroupRecord,
  member: MemberRecord,
  groupEvents = 0,
): JoinGroupOutput {
  return {
    status,
    group: viewOf(group, member, groupEvents),
    profile: profileOf(group),
    leftGroupIDList: [],
  };
}
