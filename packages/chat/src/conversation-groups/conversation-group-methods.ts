/** The methods of conversation groups (CG5 to CG17). The SDK names one by the id that it holds for the name (CG16). */
import type { CommandOutput } from '@muster/protocol';
import { anyText, keys } from '../arguments.ts';
import { unreadFigures } from '../conversation-of.ts';
import { type Core, ok } from '../core.ts';
import { methodOf } from '../sync/methods.ts';
import type { ConversationGroupMethods } from '../types/conversation-groups.ts';

const MEMBERS = { conversationIDList: keys, groupName: anyText };

const itsLists = (output: CommandOutput<'addConversationsToGroup'>) => {
  const { successConversationIDList, failureConversationIDList } = output;
  return { successConversationIDList, failureConversationIDList };
};
const itsName = ({ groupName }: { groupName: string }) => ({ groupName });

export function conversationGroupMethods(core: Core): ConversationGroupMethods {
  const { session, mirror } = core;
  const idOf = (groupName: string) => {
    const conversationGroupID = mirror.heldConversationGroups.idOf(groupName);
    return conversationGroupID === undefined ? {} : { conversationGroupID };
  };
  const byID = <Input extends { groupName: string }>(input: Input) => ({
    ...input,
    ...idOf(input.groupName),
  });
  const remove = methodOf(core, 'deleteConversationGroup', {
    takes: { groupName: anyText },
    sends: byID,
    gives: itsName,
  });
  return {
    async getConversationGroupList() {
      await session.served();
      return ok(mirror.heldConversationGroups.names());
    },
    async getConversationGroups() {
      await session.served();
      const all = [...mirror.heldConversationGroups.all].map(
        ([conversationGroupID, { groupName, memberIDs }]) => ({
          conversationGroupID,
          groupName,
          conversationIDList: [...memberIDs],
          ...unreadFigures(mirror, ({ state }) => memberIDs.has(state.conversationID)),
        }),
      );
      return ok(all);
    },
    createConversationGroup: methodOf(core, 'createConversationGroup', { takes: MEMBERS, gives: itsLists }),
    deleteConversationGroup: (groupName) => remove({ groupName }),
    renameConversationGroup: methodOf(core, 'renameConversationGroup', {
      takes: { oldName: anyText, newName: anyText },
      sends: (input) => ({ ...input, ...idOf(input.oldName) }),
      gives: itsName,
    }),
    addConversationsToGroup: methodOf(core, 'addConversationsToGroup', {
      takes: MEMBERS,
      sends: byID,
      gives: itsLists,
    }),
    deleteConversationsFromGroup: methodOf(core, 'deleteConversationsFromGroup', {
      takes: MEMBERS,
      sends: byID,
      gives: itsLists,
    }),
  };
}
