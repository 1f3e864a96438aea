/** The whole table: the methods and events of the SDKs, and the commands of REST v4. */
import type { SDKRow, Section, State } from './row.ts';
import { CONVERSATION_GROUPS, CONVERSATIONS } from './rows/conversations.ts';
import { EVENTS } from './rows/events.ts';
import { GROUP_COUNTERS } from './rows/group-counters.ts';
import { GROUP_MEMBERS } from './rows/group-members.ts';
import { GROUP_ATTRIBUTES, GROUPS, TOPICS } from './rows/groups.ts';
import { INSTANCE } from './rows/instance.ts';
import { MESSAGES } from './rows/messages.ts';
import { REST_ACCOUNTS, REST_CONVERSATIONS, REST_COUNTERS, REST_GROUPS, type RestRow } from './rows/rest.ts';
import { SIGNALING } from './rows/signaling.ts';
import { FOLLOWING, FRIENDS, SEARCH, USERS } from './rows/users.ts';
import type { Stage } from './stage.ts';

export const METHOD_SECTIONS: readonly Section<SDKRow<Stage>>[] = [
  INSTANCE,
  GROUP_COUNTERS,
  CONVERSATION_GROUPS,
  CONVERSATIONS,
  MESSAGES,
  GROUPS,
  GROUP_MEMBERS,
  GROUP_ATTRIBUTES,
  TOPICS,
  USERS,
  SEARCH,
  FRIENDS,
  FOLLOWING,
  SIGNALING,
];

export const EVENT_SECTION: Section<SDKRow<Stage>> = EVENTS;

export const REST_SECTIONS: readonly Section<RestRow>[] = [
  REST_COUNTERS,
  REST_CONVERSATIONS,
  REST_GROUPS,
  REST_ACCOUNTS,
];

/** The rows of sections, by their names. */
export function rowsOf<Row>(sections: readonly Section<Row>[]): [string, Row][] {
  return sections.flatMap(({ rows }) => Object.entries(rows));
}

type Totals = Record<State, number>;

export function totals(claims: readonly { state: State }[]): Totals {
  const count = (state: State): number => claims.filter((claim) => claim.state === state).length;
  return { works: count('works'), differs: count('differs'), missing: count('missing') };
}
