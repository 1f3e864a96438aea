/** The table of REST v4: every `<service>/<command>` that is served, with its translation. */
import type { Body } from '../wire/frame.ts';
import { ACCOUNT_COMMANDS } from './accounts.ts';
import { CONVERSATION_GROUP_COMMANDS } from './conversation-groups.ts';
import { CONVERSATION_COMMANDS } from './conversations.ts';
import { GROUP_COUNTER_COMMANDS } from './group-counters.ts';
import { GROUP_MEMBER_COMMANDS } from './group-members.ts';
import { GROUP_COMMANDS } from './groups.ts';
import { GROUP_MESSAGE_COMMANDS, USER_MESSAGE_COMMANDS } from './messages.ts';
import { type RestServiceName, restFailure, restSuccess } from './rest-errors.ts';
import type { RestCall, RestTranslation } from './rest-translation.ts';

interface ServedBy {
  service: RestServiceName;
  translate: RestTranslation;
}

const BY_SERVICE: Record<RestServiceName, Record<string, RestTranslation>> = {
  group_open_http_svc: {
    ...GROUP_COMMANDS,
    ...GROUP_MEMBER_COMMANDS,
    ...GROUP_COUNTER_COMMANDS,
    ...GROUP_MESSAGE_COMMANDS,
  },
  recentcontact: { ...CONVERSATION_COMMANDS, ...CONVERSATION_GROUP_COMMANDS },
  im_open_login_svc: ACCOUNT_COMMANDS,
  openim: USER_MESSAGE_COMMANDS,
};

/** By `<service>/<command>`. */
export const REST_COMMANDS: ReadonlyMap<string, ServedBy> = new Map(
  Object.entries(BY_SERVICE).flatMap(([service, commands]) =>
    Object.entries(commands).map(([command, translate]): [string, ServedBy] => [
      `${service}/${command}`,
      { service: service as RestServiceName, translate },
    ]),
  ),
);

/** This service answers one field more. */
const DISPLAYED: RestServiceName = 'recentcontact';

/** Carries a request out: the whole body of its answer. */
export async function answerRest(
  { service, translate }: ServedBy,
  call: Omit<RestCall, 'service'>,
): Promise<Body> {
  const result = await translate({ ...call, service });
  const body = result.ok ? restSuccess(result.body) : restFailure(result.error);
  return service === DISPLAYED ? { ...body, ErrorDisplay: '' } : body;
}
