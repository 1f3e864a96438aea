import { type Refusal, refuse } from '../decision.ts';
import type { CounterActor, CounterGroup } from './counter-state.ts';

/** Why this user may not read or change the group's counters, or undefined when he may (GC9). */
export function refuseCounterUse(
  group: CounterGroup | undefined,
  actor: CounterActor,
): Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED'> | undefined {
  if (group === undefined || group.endedAt !== 0) return refuse('GROUP_NOT_FOUND');
  if (group.isSupportTopic && group.type === 'Community') {
    return refuse('NOT_PERMITTED', 'A Community with topics has no counters.');
  }
  if (actor.role !== undefined || actor.isAdministrator || ownsRoom(group, actor)) return undefined;
  return refuse('NOT_PERMITTED', 'Only a member of the group may use its counters.');
}

/** Why this user may not delete the group's counters, or undefined when he may (GC16). */
export function refuseCounterDeletion(
  group: CounterGroup | undefined,
  actor: CounterActor,
): Refusal<'GROUP_NOT_FOUND' | 'NOT_PERMITTED'> | undefined {
  const refusal = refuseCounterUse(group, actor);
  if (refusal !== undefined || group === undefined) return refusal;
  if (actor.isAdministrator || actor.role === 'Owner' || actor.role === 'Admin') return undefined;
  if (ownsRoom(group, actor)) return undefined;
  return refuse(
    'NOT_PERMITTED',
    'Only the owner, an admin of the group or an administrator may delete counters.',
  );
}

/** The owner of an AVChatRoom need not be present, and present he may stand there as a mere member (GR7). */
function ownsRoom(group: CounterGroup, actor: CounterActor): boolean {
  return group.type === 'AVChatRoom' && group.ownerID === actor.userID;
}
