/** What every write to a group does around its rule: the rows it needs, the operation, and telling what happened. */
import type { Asker, Decision, GroupChanges, GroupState } from '@muster/domain';
import { groupScope, userScope } from '@muster/protocol';
import type { App } from './app.ts';
import type { Call } from './call.ts';
import { commit } from './commit.ts';
import { causeOf, withOperation } from './write.ts';

export interface GroupChange<Reply> {
  groupID: string;
  /** Users besides the caller whose rows the rule needs. */
  userIDs?: readonly string[];
  /** Devices besides the caller's own whose places in an AVChatRoom the rule needs. */
  devices?: readonly number[];
  /** Whether the rule needs the group's attributes. */
  attributes?: boolean;
  /** The sequences of messages that the rule needs. */
  messages?: readonly number[];
  /** Whether the rule needs the profiles of the users. */
  profiles?: boolean;
  decide: (state: GroupState) => Decision<GroupChanges, Reply>;
}

export type GroupChangeResult<Reply> =
  | { ok: true; output: Reply; repeated: boolean }
  | (Decision<GroupChanges, Reply> & { ok: false });

export async function changeGroup<Reply>(
  app: App,
  call: Call,
  change: GroupChange<Reply>,
): Promise<GroupChangeResult<Reply>> {
  const { devices = [], ...named } = change;
  const userIDs = [...new Set([call.userID, ...(change.userIDs ?? [])])];
  const scopes = [groupScope(change.groupID), ...userIDs.map(userScope)];
  const outcome = await commit(app, { scopes, session: call.session }, () =>
    app.storage.groups.update({
      ...withOperation(call),
      ...named,
      userIDs,
      devices: [...new Set(call.session ? [call.session.device, ...devices] : devices)],
    }),
  );
  if (!outcome.ok) return outcome;
  app.delivery.publish(outcome.events, call.session);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
}

/** The caller as the rules see him. */
export function askerOf(call: Call): Asker {
  const { userID, isAdministrator, now, session } = call;
  const device = session ? { device: session.device } : {};
  return { userID, isAdministrator, now, ...device, ...causeOf(call) };
}
