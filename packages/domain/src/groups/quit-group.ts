/** Leaving a group (GR1), and an AVChatRoom with one device (GR7). */
import type { CommandError, GroupIDOutput } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse } from '../decision.ts';
import { livingGroup } from '../group-roles.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES } from './group-types.ts';
import { release } from './membership-change.ts';

export function quitGroup(
  state: GroupState,
  asker: Asker,
): Decision<GroupChanges, GroupIDOutput, CommandError<'quitGroup'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  if (group.ownerID === asker.userID && !GROUP_TYPE_RULES[group.type].ownerMayQuit)
    return refuse('OWNER_MAY_NOT_QUIT');
  const isRoom = group.type === 'AVChatRoom';
  const isIn = isRoom ? isInRoom(state, asker) : state.members.has(asker.userID);
  if (!isIn) return refuse('NOT_PERMITTED', notIn(isRoom));
  const reply = { groupID: group.groupID };
  if (isRoom) return accept(leaveRoom(state, asker.device), reply);
  const { changes, events } = release(group, [asker.userID], 'quit', asker);
  return accept(changes, reply, events);
}

/**
 * Takes a device out of an AVChatRoom without asking whether it may: another room was joined, or the device is gone.
 * The owner's device leaves like any other.
 */
export function leaveRoom(state: GroupState, device: number | undefined): GroupChanges {
  if (device === undefined || !state.roomDevices.has(device)) return {};
  return { roomDevices: [[device, null]], revokes: true };
}

function isInRoom(state: GroupState, { device, userID }: Asker): boolean {
  return device !== undefined && state.roomDevices.get(device)?.userID === userID;
}

function notIn(isRoom: boolean): string {
  return isRoom ? 'This device is not in the AVChatRoom.' : 'Only a member may quit the group.';
}
