import type { Asker } from '../asker.ts';
import { accept, type Decision } from '../decision.ts';
import { livingGroup } from '../group-roles.ts';
import type { GroupChanges, GroupState } from './group-state.ts';
import { release } from './membership-change.ts';

/** Takes a user whose account is deleted out of a group. One who owned it leaves it without an owner (US14). */
export function removeAccount(
  state: GroupState,
  asker: Asker,
  userID: string,
): Decision<GroupChanges, null, never> {
  const group = livingGroup(state);
  if (group === undefined || !state.members.has(userID)) return accept({}, null);
  const { changes, events } = release(group, [userID], 'removed', asker);
  return accept(changes, null, events);
}
