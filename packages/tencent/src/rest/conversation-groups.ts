/**
 * The commands of conversation groups (CG). They act on those of `From_Account`, and keep conversations that are not in
 * his list yet (CG6).
 */
import { type CommandOutput, limit, parseConversationID } from '@muster/protocol';
import { groupItems } from '../wire/conversations.ts';
import type { Body } from '../wire/frame.ts';
import { isBody } from '../wire/frame.ts';
import type { Ask } from '../wire/translation.ts';
import {
  contactItem,
  conversationIDOfContact,
  conversationIDsOf,
  describedContacts,
  type ItemResult,
  itemsWithResults,
  resultsOf,
} from './contacts.ts';
import { pageOf } from './pages.ts';
import {
  answer,
  carriedOutBy,
  failure,
  type RestCall,
  type RestResult,
  type RestTranslation,
  resultOf,
} from './rest-translation.ts';

const PARAMETER = 50002;
const CONVERSATION_COUNT = 51006;
const REQUEST_MAX = limit('conversations_perRequest_max');
const SEARCHED_MAX = 300;

const groupItem = ({
  conversationGroupID,
  groupName,
}: {
  conversationGroupID: number;
  groupName: string;
}): Body => ({ GroupName: groupName, GroupId: conversationGroupID });

/** The list holds exactly one: this API makes one conversation group a call. */
const create: RestTranslation = async (call) => {
  const { GroupContactItem } = call.body;
  const [wanted] = Array.isArray(GroupContactItem) && GroupContactItem.length === 1 ? GroupContactItem : [];
  if (!isBody(wanted) || !Array.isArray(wanted.ContactItem))
    return failure(PARAMETER, 'GroupContactItem holds exactly one {GroupName, ContactItem}.');
  const contacts: unknown[] = wanted.ContactItem;
  const created = await call.askFor(call.body.From_Account)('createConversationGroup', {
    groupName: wanted.GroupName,
    conversationIDList: conversationIDsOf(contacts),
  });
  return resultOf(call, created, (output) => ({
    GroupResultItem: [
      { GroupItem: groupItem(output), ResultItem: itemsWithResults(contacts, resultsOf(output)) },
    ],
  }));
};

const remove = carriedOutBy('deleteConversationGroup', {
  actsFor: 'From_Account',
  input: ({ GroupName }) => ({
    groupName: Array.isArray(GroupName) && GroupName.length === 1 ? GroupName[0] : undefined,
  }),
  answer: (output) => ({ GroupItem: [groupItem(output)] }),
});

const RENAME = 1;
const MEMBERS = 2;
/** What is changed is one conversation group, and not the conversation groups of one conversation. */
const ONE_GROUP = 1;

const update: RestTranslation = async (call) => {
  const { UpdateType, UpdateGroup } = call.body;
  if (UpdateType !== ONE_GROUP || !isBody(UpdateGroup))
    return failure(PARAMETER, 'UpdateType is 1, and UpdateGroup says what to change.');
  if (UpdateGroup.UpdateGroupType === RENAME) return rename(call, UpdateGroup);
  if (UpdateGroup.UpdateGroupType === MEMBERS) return editMembers(call, UpdateGroup);
  return failure(PARAMETER, 'UpdateGroupType is 1 for another name, 2 for other conversations.');
};

async function rename(call: RestCall, { OldGroupName, NewGroupName }: Body): Promise<RestResult> {
  const renamed = await call.askFor(call.body.From_Account)('renameConversationGroup', {
    oldName: OldGroupName,
    newName: NewGroupName,
  });
  return resultOf(call, renamed, (output) => updated(RENAME, OldGroupName, output, []));
}

function updated(
  UpdateGroupType: number,
  OldGroupName: unknown,
  { groupName, conversationGroupID }: CommandOutput<'renameConversationGroup'>,
  ContactResultItem: readonly Body[],
): Body {
  const result = { UpdateGroupType, GroupName: groupName, OldGroupName, GroupId: conversationGroupID };
  return { UpdateType: ONE_GROUP, UpdateGroupResult: { ...result, ContactResultItem } };
}

const ADD = 1;
const DELETE = 2;

/** What is to be done with one conversation. */
interface Edit {
  ContactOptType: number;
  ContactItem: unknown;
}

/** Those that are added go in before those that are deleted go out; each is answered at its place. */
async function editMembers(call: RestCall, group: Body): Promise<RestResult> {
  const edits = editsOf(group.ContactUpdateItem);
  if (!edits) return failure(PARAMETER, 'ContactUpdateItem lists {ContactOptType: 1 or 2, ContactItem}.');
  const named = new Set(edits.map(({ ContactItem }) => conversationIDOfContact(ContactItem)));
  if (named.size === 0 || named.size > REQUEST_MAX)
    return failure(CONVERSATION_COUNT, `ContactUpdateItem names 1 to ${REQUEST_MAX} conversations.`);
  const ask = call.askFor(call.body.From_Account);
  const results = new Map<number, Map<string, ItemResult>>();
  let output: CommandOutput<'addConversationsToGroup'> | undefined;
  for (const [type, command] of COMMANDS_OF_EDITS) {
    const contacts = edits.filter((edit) => edit.ContactOptType === type).map((edit) => edit.ContactItem);
    if (contacts.length === 0) continue;
    const conversationIDList = conversationIDsOf(contacts);
    const edited = await ask(command, { groupName: group.OldGroupName, conversationIDList });
    if (!edited.ok) return resultOf(call, edited);
    output = edited.output;
    results.set(type, resultsOf(output));
  }
  if (!output) throw new Error('a request with conversations asked for nothing');
  return answer(updated(MEMBERS, group.OldGroupName, output, editResults(edits, results)));
}

const COMMANDS_OF_EDITS = [
  [ADD, 'addConversationsToGroup'],
  [DELETE, 'deleteConversationsFromGroup'],
] as const;

function editsOf(items: unknown): Edit[] | undefined {
  if (!Array.isArray(items)) return undefined;
  const isEdit = (item: unknown): item is Edit & Body =>
    isBody(item) && (item.ContactOptType === ADD || item.ContactOptType === DELETE);
  return items.every(isEdit) ? items : undefined;
}

/** Each conversation once for each thing that was done with it. */
function editResults(
  edits: readonly Edit[],
  results: ReadonlyMap<number, ReadonlyMap<string, ItemResult>>,
): Body[] {
  const seen = new Set<string>();
  return edits.flatMap(({ ContactOptType, ContactItem }) => {
    const id = conversationIDOfContact(ContactItem);
    const key = `${ContactOptType} ${id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const result = results.get(ContactOptType)?.get(id) ?? { ResultCode: 0, ResultInfo: '' };
    return [{ ContactOptType, ContactItem: contactItem(id, ContactItem), ...result }];
  });
}

async function conversationGroupsOf(call: RestCall, ask: Ask) {
  const read = await ask('getConversationGroups', {});
  return read.ok ? read.output.conversationGroupList : resultOf(call, read);
}

const search: RestTranslation = async (call) => {
  const { ContactItem } = call.body;
  const contacts: unknown[] = Array.isArray(ContactItem) ? ContactItem : [];
  if (contacts.length === 0 || contacts.length > SEARCHED_MAX)
    return failure(CONVERSATION_COUNT, `ContactItem names 1 to ${SEARCHED_MAX} conversations.`);
  const ids = [...new Set(conversationIDsOf(contacts))];
  if (ids.some((id) => !parseConversationID(id)))
    return failure(PARAMETER, 'ContactItem lists {Type: 1, To_Account} and {Type: 2, ToGroupId}.');
  const ask = call.askFor(call.body.From_Account);
  const groups = await conversationGroupsOf(call, ask);
  if (!Array.isArray(groups)) return groups;
  const described = await describedContacts(call, ask, { groups, ids });
  if (!Array.isArray(described)) return described;
  return answer({ ContactResultItem: described, GroupItem: groupItems(groups) });
};

/** All conversations that are in a conversation group, in pages. */
const list: RestTranslation = async (call) => {
  const ask = call.askFor(call.body.From_Account);
  const groups = await conversationGroupsOf(call, ask);
  if (!Array.isArray(groups)) return groups;
  const ids = [...new Set(groups.flatMap(({ conversationIDList }) => conversationIDList))];
  const page = pageOf(ids, call.body.StartIndex);
  const described = await describedContacts(call, ask, { groups, ids: page.items });
  if (!Array.isArray(described)) return described;
  return answer({
    ContactItem: described,
    GroupItem: groupItems(groups),
    CompleteFlag: page.isComplete ? 1 : 0,
    NextStartIndex: page.next,
  });
};

export const CONVERSATION_GROUP_COMMANDS: Record<string, RestTranslation> = {
  create_contact_group: create,
  del_contact_group: remove,
  update_contact_group: update,
  search_contact_group: search,
  get_contact_group: list,
};
