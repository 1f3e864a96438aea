import { type CommandError, type GroupIDOutput, groupScope } from '@muster/protocol';
import type { Asker } from '../asker.ts';
import { accept, type Decision, refuse, tell } from '../decision.ts';
import { livingGroup, roleOf } from '../group-roles.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { GROUP_TYPE_RULES } from './group-types.ts';

/** Ends a group for all its members. One row changes and one event is told, however many they are (GR4). */
export function dismissGroup(
  state: GroupState,
  asker: Asker,
): Decision<GroupChanges, GroupIDOutput, CommandError<'dismissGroup'>> {
  const group = livingGroup(state);
  if (group === undefined) return refuse('GROUP_NOT_FOUND');
  const { groupID, type } = group;
  const operatorID = asker.userID;
  const ownerMay = GROUP_TYPE_RULES[type].ownerMayDismiss;
  if (!asker.isAdministrator && !(ownerMay && roleOf(state, asker.userID) === 'Owner')) {
    const who = ownerMay ? 'The owner or an administrator' : 'An administrator alone';
    return refuse('NOT_PERMITTED', `${who} may dismiss a ${type} group.`);
  }
  const event = tell(groupScope(groupID), { name: 'groupDismissed', groupID, operatorID }, asker.by);
  return accept({ group: { ...group, endedAt: asker.now }, revokes: true }, { groupID }, [event]);
}
