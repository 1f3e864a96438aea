/** From what changed in the mirror to the events of an app (GC11, CG14). */
import { EVENT } from './constants/event.ts';
import type { Raiser } from './events.ts';
import { counterValueOf } from './group-counters/counter-values.ts';
import { attributesOf } from './groups/group-attribute-methods.ts';
import { groupOf } from './groups/group-of.ts';
import type { CounterRise } from './memory/counters.ts';
import { isListed } from './memory/groups.ts';
import type { Changes, Mirror } from './memory/mirror.ts';
import type { CreateOptions } from './types/chat-sdk.ts';
import { profileOf } from './users/profile-of.ts';

export type CounterValues = CreateOptions['counterValues'];

/** All groups of the list, as an app sees them. */
export function groupListOf(mirror: Mirror) {
  return [...mirror.groups.values()].filter(isListed).map(groupOf);
}

/** Raises everything; answers the groups whose counters, and those whose attributes, must be asked for. */
export function raiseChanges(
  mirror: Mirror,
  events: Raiser,
  values: CounterValues,
  isReady: boolean,
): Pick<Changes, 'missing' | 'overtaken'> {
  const { profile, groupList, rises, attributes, missing, overtaken } = mirror.takeChanges();
  if (profile && mirror.profile) events.raise(EVENT.PROFILE_UPDATED, [profileOf(mirror.profile)]);
  // Before SDK_READY the first list, which is on its way, shows it (US4).
  if (groupList && isReady) events.raise(EVENT.GROUP_LIST_UPDATED, groupListOf(mirror));
  for (const rise of rises) raiseCounter(events, rise, values);
  for (const { groupAttributes, ...news } of attributes) {
    events.raise(EVENT.GROUP_ATTRIBUTES_UPDATED, { ...news, groupAttributes: attributesOf(groupAttributes) });
  }
  return { missing, overtaken };
}

export function raiseFirstSight(mirror: Mirror, events: Raiser): void {
  events.raise(EVENT.CONVERSATION_LIST_UPDATED, [], { isSyncCompleted: true });
  events.raise(EVENT.GROUP_LIST_UPDATED, groupListOf(mirror));
  events.raise(EVENT.CONVERSATION_GROUP_LIST_UPDATED, []);
}

function raiseCounter(
  events: Raiser,
  { groupID, key, version, value }: CounterRise,
  values: CounterValues,
): void {
  if (value === undefined) events.raise(EVENT.GROUP_COUNTER_DELETED, { groupID, key, version });
  else
    events.raise(EVENT.GROUP_COUNTER_UPDATED, {
      groupID,
      key,
      value: counterValueOf(value, values),
      version,
    });
}
