/** The commands of accounts (US12 to US14). */
import { limit, type WireError } from '@muster/protocol';
import type { Body } from '../wire/frame.ts';
import { given, objectsOf } from '../wire/translation.ts';
import { restErrorOf } from './rest-errors.ts';
import {
  answer,
  carriedOutBy,
  failure,
  type RestCall,
  type RestResult,
  type RestTranslation,
} from './rest-translation.ts';

const BATCH_MAX = limit('users_perRequest_max');
const PARAMETER = 70402;
const WRONG_BATCH = 70206;

/** The list of a request, or why it is none that may be asked for. */
function batchOf(list: unknown, name: string): unknown[] | RestResult {
  if (!Array.isArray(list) || list.length === 0)
    return failure(PARAMETER, `${name} is no list, or is empty.`);
  if (list.length <= BATCH_MAX) return list;
  return failure(WRONG_BATCH, `${name} names ${list.length} accounts; at most ${BATCH_MAX} at once.`);
}

/** `Accounts` are names alone; those that are no userID fail. */
const importMany: RestTranslation = async ({ body, ask }) => {
  const accounts = batchOf(body.Accounts, 'Accounts');
  if (!Array.isArray(accounts)) return accounts;
  const results = await Promise.all(accounts.map((userID) => ask('importAccount', { userID })));
  return answer({ FailAccounts: accounts.filter((_, at) => !results[at]?.ok) });
};

function itemOf(call: RestCall, userID: unknown, error: WireError | undefined): Body {
  const { code, message } = error ? restErrorOf(call.service, error) : { code: 0, message: '' };
  return { UserID: userID, ResultCode: code, ResultInfo: message };
}

const deleteMany: RestTranslation = async (call) => {
  const items = batchOf(call.body.DeleteItem, 'DeleteItem');
  if (!Array.isArray(items)) return items;
  const results: Body[] = [];
  // One after the other: each is many writes.
  for (const { UserID } of objectsOf(items)) {
    const deleted = await call.ask('deleteAccount', given({ userID: UserID }));
    results.push(itemOf(call, UserID, deleted.ok ? undefined : deleted.error));
  }
  return answer({ ResultItem: results });
};

const checkMany: RestTranslation = async (call) => {
  const items = batchOf(call.body.CheckItem, 'CheckItem');
  if (!Array.isArray(items)) return items;
  const results = await Promise.all(
    objectsOf(items).map(async ({ UserID }) => {
      const read = await call.ask('getUserProfile', { userIDList: [UserID] });
      const isKnown = read.ok && read.output.profiles.length > 0;
      const item = itemOf(call, UserID, read.ok ? undefined : read.error);
      return read.ok ? { ...item, AccountStatus: isKnown ? 'Imported' : 'NotImported' } : item;
    }),
  );
  return answer({ ResultItem: results });
};

export const ACCOUNT_COMMANDS: Record<string, RestTranslation> = {
  account_import: carriedOutBy('importAccount', {
    input: ({ UserID, Identifier, Nick, FaceUrl }) => ({
      // The older name of the property is still sent by libraries.
      userID: UserID ?? Identifier,
      nick: Nick,
      avatar: FaceUrl,
    }),
  }),
  multiaccount_import: importMany,
  account_delete: deleteMany,
  account_check: checkMany,
  kick: carriedOutBy('kickUser', {
    input: ({ UserID, Identifier }) => ({ userID: UserID ?? Identifier }),
  }),
};
