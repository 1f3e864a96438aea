/** The commands of conversation groups. Their numbers are ours (CG3). */
import type { CommandOutput, ConversationGroup, WireError } from '@muster/protocol';
import { groupItems, groupNumbers, ownMarks } from './conversations.ts';
import { type Body, errorBody } from './frame.ts';
import { contactOf, conversationIDOf } from './messages.ts';
import { type Ask, objectsOf, one, type Translation, upToDate } from './translation.ts';

type Partial = CommandOutput<'addConversationsToGroup'>;

const contactIDs = (items: unknown): string[] => objectsOf(items).map(conversationIDOf);

/** A result for each conversation that was named. */
function resultItems({ successConversationIDList, failureConversationIDList }: Partial): Body[] {
  return [
    ...successConversationIDList.map((id) => resultItem(id, 0, '')),
    ...failureConversationIDList.map(({ conversationID, code, message }) =>
      resultItem(conversationID, code, message),
    ),
  ];
}

const resultItem = (conversationID: string, code: number, message: string): Body => ({
  ContactItem: contactOf(conversationID),
  ResultCode: code,
  ResultInfo: message,
});

/** The list is made of one entry: the client makes one conversation group at a time. */
const create = one(
  'createConversationGroup',
  (body) => {
    const [wanted = {}] = objectsOf(body.GroupContactItem);
    return { groupName: wanted.GroupName, conversationIDList: contactIDs(wanted.ContactItem) };
  },
  (output) => ({
    GroupResultItem: [
      {
        GroupItem: { GroupId: output.conversationGroupID, GroupName: output.groupName },
        ResultItem: resultItems(output),
      },
    ],
  }),
);

const remove = one(
  'deleteConversationGroup',
  (body) => ({ groupName: Array.isArray(body.GroupName) ? body.GroupName[0] : body.GroupName }),
  ({ conversationGroupID, groupName }) => ({
    GroupItem: [{ GroupId: conversationGroupID, GroupName: groupName }],
  }),
);

const RENAME = 1;

/** One command of theirs renames, adds and takes out. Without its result the client takes success for a failure. */
const update: Translation = (call) => {
  const [wanted = {}] = objectsOf([call.body.UpdateGroup]);
  return wanted.UpdateGroupType === RENAME ? rename(call.ask, wanted) : editMembers(call.ask, wanted);
};

async function rename(ask: Ask, { OldGroupName, NewGroupName }: Body): Promise<Body> {
  const renamed = await ask('renameConversationGroup', { oldName: OldGroupName, newName: NewGroupName });
  if (!renamed.ok) return errorBody(renamed.error);
  return { UpdateGroupResult: { GroupId: renamed.output.conversationGroupID, ContactResultItem: [] } };
}

const ADD = 1;

async function editMembers(ask: Ask, { OldGroupName, ContactUpdateItem }: Body): Promise<Body> {
  const items = objectsOf(ContactUpdateItem);
  const idsOf = (isAdding: boolean): string[] =>
    items
      .filter(({ ContactOptType }) => (ContactOptType === ADD) === isAdding)
      .map(({ ContactItem }) => conversationIDOf(ContactItem));
  const results: Body[] = [];
  let number = 0;
  for (const [command, conversationIDList] of [
    ['addConversationsToGroup', idsOf(true)],
    ['deleteConversationsFromGroup', idsOf(false)],
  ] as const) {
    if (conversationIDList.length === 0) continue;
    const edited = await ask(command, { groupName: OldGroupName, conversationIDList });
    if (!edited.ok) return errorBody(edited.error);
    number = edited.output.conversationGroupID;
    results.push(...resultItems(edited.output));
  }
  return { UpdateGroupResult: { GroupId: number, ContactResultItem: results } };
}

/** Conversations with the numbers of their conversation groups and their marks. */
async function contacts(
  ask: Ask,
  groups: readonly ConversationGroup[],
  conversationIDs: readonly string[],
): Promise<{ ok: true; items: Body[] } | { ok: false; error: WireError }> {
  const read = await ask('getConversationList', { conversationIDList: conversationIDs });
  if (!read.ok) return read;
  const views = new Map(read.output.conversationList.map((view) => [view.state.conversationID, view]));
  const numbers = groupNumbers(groups);
  const items = conversationIDs.map((id) => {
    const view = views.get(id);
    return {
      ...contactOf(id),
      ...(view ? ownMarks(view) : { StandardMark: '', CustomMark: '' }),
      ContactGroupId: numbers.get(id) ?? [],
    };
  });
  return { ok: true, items };
}

/** Without `CompleteFlag: 1` the client would never take its list for complete. */
const list: Translation = async ({ ask }) => {
  const read = await ask('getConversationGroups', {});
  if (!read.ok) return errorBody(read.error);
  const { conversationGroupList } = read.output;
  const members = [...new Set(conversationGroupList.flatMap(({ conversationIDList }) => conversationIDList))];
  const described = await contacts(ask, conversationGroupList, members);
  if (!described.ok) return errorBody(described.error);
  return {
    GroupItem: groupItems(conversationGroupList),
    ContactItem: described.items,
    CompleteFlag: 1,
    NextStartIndex: 0,
  };
};

const search: Translation = async ({ body, ask }) => {
  const read = await ask('getConversationGroups', {});
  if (!read.ok) return errorBody(read.error);
  const { conversationGroupList } = read.output;
  const described = await contacts(ask, conversationGroupList, contactIDs(body.ContactItem));
  if (!described.ok) return errorBody(described.error);
  return { ContactResultItem: described.items, GroupItem: groupItems(conversationGroupList) };
};

export const CONVERSATION_GROUP_TRANSLATIONS: Record<string, Translation> = {
  create_contact_group: create,
  del_contact_group: remove,
  update_contact_group: update,
  get_contact_group: upToDate(list),
  search_contact_group: upToDate(search),
};
