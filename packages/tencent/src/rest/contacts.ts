/** Conversations as this API names them: a user or a group, in an entry of a list. */
import {
  type ConversationGroup,
  type ConversationView,
  ERRORS,
  type ErrorName,
  type PartialResult,
  parseConversationID,
} from '@muster/protocol';
import { groupNumbers, ownMarks } from '../wire/conversations.ts';
import { type Body, isBody } from '../wire/frame.ts';
import { contactOf, secondsOf } from '../wire/messages.ts';
import type { Ask } from '../wire/translation.ts';
import { itemCodeOf } from './rest-errors.ts';
import { type RestCall, type RestResult, resultOf } from './rest-translation.ts';

const USER = 1;
const GROUP = 2;

/** The conversationID of an entry; one that names nothing is malformed, which its result then says. */
export function conversationIDOfContact(contact: unknown): string {
  if (!isBody(contact)) return '';
  const groupID = contact.ToGroupId ?? contact.ToGroupid;
  if (contact.Type === GROUP && typeof groupID === 'string') return `GROUP${groupID}`;
  if (contact.Type === USER && typeof contact.To_Account === 'string') return `C2C${contact.To_Account}`;
  return '';
}

export const conversationIDsOf = (contacts: readonly unknown[]): string[] =>
  contacts.map(conversationIDOfContact);

/** The entry of a conversation in an answer; what was malformed is given back as far as this API knows it. */
export function contactItem(conversationID: string, contact: unknown): Body {
  if (parseConversationID(conversationID)) return contactOf(conversationID);
  const { Type, To_Account, ToGroupId } = isBody(contact) ? contact : ({} as Body);
  return { Type, To_Account, ToGroupId };
}

export interface ItemResult {
  ResultCode: number;
  ResultInfo: string;
}

const DONE: ItemResult = { ResultCode: 0, ResultInfo: '' };

/** What became of each conversation of a request. */
export function resultsOf({ failureConversationIDList }: PartialResult): Map<string, ItemResult> {
  return new Map(
    failureConversationIDList.map(({ conversationID, code, message }) => [
      conversationID,
      { ResultCode: itemCodeOf('recentcontact', nameOf(code), code), ResultInfo: message },
    ]),
  );
}

/** A failure of one conversation tells its code alone. */
function nameOf(code: number): ErrorName {
  const found = Object.entries(ERRORS).find(([, row]) => row.code === code);
  return (found?.[0] ?? 'INTERNAL') as ErrorName;
}

/** Each conversation that was asked for, once and in the order of the request, with its result. */
export function itemsWithResults(
  contacts: readonly unknown[],
  results: ReadonlyMap<string, ItemResult>,
): { ContactItem: Body; ResultCode: number; ResultInfo: string }[] {
  const byID = new Map(contacts.map((contact) => [conversationIDOfContact(contact), contact]));
  return [...byID].map(([id, contact]) => ({
    ContactItem: contactItem(id, contact),
    ...(results.get(id) ?? DONE),
  }));
}

/** Conversations with their marks and the numbers of their conversation groups, in the list or not. */
export async function describedContacts(
  call: Pick<RestCall, 'service'>,
  ask: Ask,
  { groups, ids }: { groups: readonly ConversationGroup[]; ids: readonly string[] },
): Promise<Body[] | RestResult> {
  const read = await ask('getConversationList', { conversationIDList: ids });
  if (!read.ok) return resultOf(call, read);
  const views = new Map(read.output.conversationList.map((view) => [view.state.conversationID, view]));
  const numbers = groupNumbers(groups);
  return ids.map((id) => {
    const view = views.get(id);
    return {
      ...contactOf(id),
      ...(view ? ownMarks(view) : { StandardMark: '', CustomMark: '' }),
      ContactGroupId: numbers.get(id) ?? [],
      Timestamp: view ? timeOf(view) : 0,
    };
  });
}

/** When something was last said in it, or it appeared, in seconds. */
export function timeOf({ lastMessage, appearedAt }: ConversationView): number {
  return secondsOf(lastMessage?.timestamp ?? appearedAt);
}
