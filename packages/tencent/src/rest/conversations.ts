/** The commands of conversations of `From_Account`: the list, deletion, marks. */
import { type ConversationView, limit } from '@muster/protocol';
import { type Body, isBody } from '../wire/frame.ts';
import { contactOf } from '../wire/messages.ts';
import { type Ask, type OwnAnswer, objectsOf } from '../wire/translation.ts';
import { contactItem, conversationIDOfContact, type ItemResult, resultsOf, timeOf } from './contacts.ts';
import { pageOf } from './pages.ts';
import {
  answer,
  failure,
  type RestCall,
  type RestResult,
  type RestTranslation,
  resultOf,
} from './rest-translation.ts';

const PARAMETER = 50002;
const CONVERSATION_COUNT = 51006;
const REQUEST_MAX = limit('conversations_perRequest_max');
/** The bit of AssistFlags that asks for conversations in which nothing is said, too. */
const EMPTY_ONES = 2;

function sessionItem(view: ConversationView): Body {
  const contact = contactOf(view.state.conversationID, 'GroupId');
  return { ...contact, MsgTime: timeOf(view), TopFlag: view.state.isPinned ? 1 : 0 };
}

/** The list as the SDK shows it, pinned ones first. The cursors of time are answered and not needed. */
const getList: RestTranslation = async (call) => {
  const { From_Account, StartIndex, AssistFlags } = call.body;
  const read = await call.askFor(From_Account)('getConversationList', {});
  return resultOf(call, read, ({ conversationList }) => {
    const hasEmptyOnes = Number.isSafeInteger(AssistFlags) && ((AssistFlags as number) & EMPTY_ONES) !== 0;
    const views = conversationList.filter(({ lastMessage }) => hasEmptyOnes || lastMessage !== null);
    const { items, isComplete, next } = pageOf(views, StartIndex);
    return {
      SessionItem: items.map(sessionItem),
      CompleteFlag: isComplete ? 1 : 0,
      TimeStamp: 0,
      StartIndex: next,
      TopTimeStamp: 0,
      TopStartIndex: 0,
    };
  });
};

/** What is not in the list is as good as deleted. */
const remove: RestTranslation = async (call) => {
  const { From_Account, ClearRamble } = call.body;
  const conversationID = conversationIDOfContact(call.body);
  if (conversationID === '') return failure(PARAMETER, 'Name {Type: 1, To_Account} or {Type: 2, ToGroupid}.');
  const deleted = await call.askFor(From_Account)('deleteConversation', {
    conversationIDList: [conversationID],
    clearHistoryMessage: ClearRamble === 1,
  });
  if (!deleted.ok) return resultOf(call, deleted);
  const [why] = [...resultsOf(deleted.output).values()];
  return why?.ResultCode === PARAMETER ? failure(PARAMETER, why.ResultInfo) : answer({});
};

const STANDARD = 1;
const CUSTOM = 2;
const BOTH = 3;

interface Marking {
  OptType: number;
  conversationID: string;
  contact: unknown;
  /** The numbers of bits. */
  set: readonly number[];
  cleared: readonly number[];
  customData: unknown;
}

/** Marks of up to 100 conversations; each has its own result, which is that of the first thing that failed. */
const mark: RestTranslation = async (call) => {
  const { MarkItem, From_Account } = call.body;
  const items = objectsOf(MarkItem);
  if (items.length === 0 || items.length > REQUEST_MAX)
    return failure(CONVERSATION_COUNT, `MarkItem names 1 to ${REQUEST_MAX} conversations.`);
  const markings = items.map(markingOf);
  if (!markings.every((marking) => marking !== undefined))
    return failure(PARAMETER, 'MarkItem lists {OptType, ContactItem, SetMark, ClearMark, CustomMark}.');
  return markAll(call, call.askFor(From_Account), markings);
};

function markingOf({ OptType, ContactItem, SetMark, ClearMark, CustomMark }: Body): Marking | undefined {
  const [set, cleared] = [bitsOf(SetMark), bitsOf(ClearMark)];
  const isType = OptType === STANDARD || OptType === CUSTOM || OptType === BOTH;
  if (!isType || !isBody(ContactItem) || !set || !cleared) return undefined;
  const marksOnly = OptType === STANDARD;
  const dataOnly = OptType === CUSTOM;
  return {
    OptType,
    conversationID: conversationIDOfContact(ContactItem),
    contact: ContactItem,
    set: dataOnly ? [] : set,
    cleared: dataOnly ? [] : cleared,
    customData: marksOnly ? undefined : (CustomMark ?? ''),
  };
}

const BITS = 64;

function bitsOf(list: unknown): number[] | undefined {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const bits = list.filter((bit) => Number.isSafeInteger(bit) && bit >= 0 && bit < BITS);
  return bits.length === list.length ? [...new Set(bits)] : undefined;
}

type Marked = OwnAnswer<'markConversation'>;

/** What several conversations ask for is asked once for all of them. */
async function markAll(call: RestCall, ask: Ask, markings: readonly Marking[]): Promise<RestResult> {
  const failed = new Map<string, ItemResult>();
  for (const { command, input, ids } of changesOf(markings)) {
    const marked: Marked = await ask(command, { ...input, conversationIDList: [...ids] });
    if (!marked.ok) return resultOf(call, marked);
    for (const [id, result] of resultsOf(marked.output)) if (!failed.has(id)) failed.set(id, result);
  }
  return answer({
    ResultItem: markings.map(({ OptType, conversationID, contact }) => ({
      OptType,
      ContactItem: contactItem(conversationID, contact),
      ...(failed.get(conversationID) ?? { ResultCode: 0, ResultInfo: '' }),
    })),
  });
}

interface MarkChange {
  command: 'markConversation' | 'setConversationCustomData';
  input: Record<string, unknown>;
  ids: Set<string>;
}

function changesOf(markings: readonly Marking[]): MarkChange[] {
  const changes = new Map<string, MarkChange>();
  const add = (conversationID: string, { command, input }: Omit<MarkChange, 'ids'>): void => {
    const key = JSON.stringify([command, input]);
    const change = changes.get(key) ?? { command, input, ids: new Set<string>() };
    changes.set(key, change);
    change.ids.add(conversationID);
  };
  for (const { conversationID, set, cleared, customData } of markings) {
    for (const bit of set)
      add(conversationID, { command: 'markConversation', input: { mark: bit, enableMark: true } });
    for (const bit of cleared)
      add(conversationID, { command: 'markConversation', input: { mark: bit, enableMark: false } });
    if (customData !== undefined)
      add(conversationID, { command: 'setConversationCustomData', input: { customData } });
  }
  return [...changes.values()];
}

export const CONVERSATION_COMMANDS: Record<string, RestTranslation> = {
  get_list: getList,
  delete: remove,
  mark_contact: mark,
};
