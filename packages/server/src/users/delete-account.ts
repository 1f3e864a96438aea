/**
 * Deleting an account (US13, US14) in steps, each of which is a transaction and can be done again: the logins end, what
 * is the user's own goes, he leaves his groups, and at last he is known no longer. When a step fails the account is
 * still there, and deleting it again does the rest.
 */
import {
  conversationGroupOf,
  deleteAccount as decideDeletion,
  deleteConversationGroup,
  endLogins,
  forgetConversations,
  refuse,
  refuseDeletion,
  removeAccount,
} from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { App } from '../app.ts';
import type { Call, Handler, Result } from '../call.ts';
import { changeConversations } from '../change-conversations.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { kickSessions } from '../sessions/login.ts';
import { withOperation } from '../write.ts';

type DeleteCall = Call<'deleteAccount'>;

export const deleteAccount: Handler<'deleteAccount'> = async (app, call) => {
  const { userID } = call.input;
  const deletion = {
    isAdministrator: call.isAdministrator,
    isOfAdministrator: app.settings.administrators.has(userID),
    now: call.now,
  };
  const known = await answeredBefore(app, call);
  if (known) return known;
  const refusal = refuseDeletion((await app.storage.users.read([userID])).get(userID), deletion);
  if (refusal) return refusal;
  // Without its operation: it stands for the deletion as a whole.
  const step: DeleteCall = { ...call, operation: undefined };
  await endAllLogins(app, step);
  await forgetOwn(app, { ...step, userID });
  await leaveGroups(app, step);
  const outcome = await app.storage.users.update({
    ...withOperation(call),
    userID,
    decide: (state) => decideDeletion(state, deletion),
  });
  if (!outcome.ok) return outcome;
  kickSessions(app, userID);
  // Somebody may have added him to a group until then.
  await leaveGroups(app, step);
  return { ok: true, output: outcome.reply, repeated: outcome.repeated };
};

/** The recorded answer of a repeat, which must not touch whoever has the userID by now (DL2). */
async function answeredBefore(app: App, call: DeleteCall): Promise<Result<'deleteAccount'> | undefined> {
  let isNew = !call.operation;
  if (isNew) return undefined;
  const outcome = await app.storage.users.update<Record<string, never>>({
    ...withOperation(call),
    userID: call.input.userID,
    decide: () => {
      isNew = true;
      return refuse('INTERNAL');
    },
  });
  if (isNew) return undefined;
  return outcome.ok ? { ok: true, output: outcome.reply, repeated: true } : outcome;
}

async function endAllLogins(app: App, { input, isAdministrator, now }: DeleteCall): Promise<void> {
  const { userID } = input;
  await app.storage.users.update({
    userID,
    now,
    decide: (state) => endLogins(state, { isAdministrator, now }),
  });
  kickSessions(app, userID);
}

/** His conversation groups, and of one-to-one conversations all but their numbers. Those of groups go with these. */
async function forgetOwn(app: App, call: DeleteCall): Promise<void> {
  const { userID } = call;
  const mirror = await app.storage.conversations.mirror(userID);
  for (const conversationGroup of mirror?.conversationGroups.map(conversationGroupOf) ?? []) {
    await changeConversations(app, call, {
      conversationGroups: true,
      decide: (state) => deleteConversationGroup(state, askerOf(call), conversationGroup),
    });
  }
  const conversations = (mirror?.conversations ?? [])
    .filter(({ conversationID }) => parseConversationID(conversationID)?.type === 'C2C')
    .map(({ conversationID }) => ({ userID, conversationID }));
  await changeConversations(app, call, {
    conversations,
    decide: (state) => forgetConversations(state, userID),
  });
}

async function leaveGroups(app: App, call: DeleteCall): Promise<void> {
  const { userID } = call.input;
  for (const { group } of await app.storage.groups.joined(userID)) {
    await changeGroup(app, call, {
      groupID: group.groupID,
      userIDs: [userID],
      decide: (state) => removeAccount(state, askerOf(call), userID),
    });
  }
}
