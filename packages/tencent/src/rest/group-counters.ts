/** The three commands of group counters (GC, RS2). */
import type { Body } from '../wire/frame.ts';
import { counterBody } from '../wire/group-counters.ts';
import { objectsOf } from '../wire/translation.ts';
import { exactValue } from './exact-json.ts';
import { carriedOutBy, type RestTranslation } from './rest-translation.ts';

const keysOf = (body: Body): Record<string, unknown> => ({
  groupID: body.GroupId,
  keyList: body.GroupCounterKeys,
});

/** What is no list is left to be refused. */
function countersOf({ GroupCounter }: Body): unknown {
  if (!Array.isArray(GroupCounter)) return GroupCounter;
  return objectsOf(GroupCounter).map(({ Key, Value }) => ({ key: Key, value: exactValue(Value) }));
}

export const GROUP_COUNTER_COMMANDS: Record<string, RestTranslation> = {
  get_group_counter: carriedOutBy('getGroupCounters', {
    input: keysOf,
    answer: ({ counters }) => ({ GroupCounter: counters.map(counterBody) }),
  }),
  update_group_counter: carriedOutBy('updateGroupCounters', {
    input: (body) => ({ groupID: body.GroupId, mode: body.Mode, counters: countersOf(body) }),
    answer: ({ counters }) => ({ GroupCounter: counters.map(counterBody) }),
  }),
  delete_group_counter: carriedOutBy('deleteGroupCounters', { input: keysOf }),
};
