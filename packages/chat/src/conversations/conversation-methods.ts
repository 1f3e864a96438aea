/** The methods of conversations (CV2, CG12). The list is read from memory; what the user changes goes to the server. */
import type { PartialResult } from '@muster/protocol';
import {
  anyText,
  type Check,
  flag,
  keys,
  oneOf,
  optional,
  optionalName,
  refuse,
  take,
  text,
  userIDs,
  wholeNumber,
} from '../arguments.ts';
import { TYPES } from '../constants/types.ts';
import { conversationListOf, conversationOf, newConversationOf, totalUnreadOf } from '../conversation-of.ts';
import { type Core, ok } from '../core.ts';
import { chatError } from '../errors.ts';
import { conversationOfGroup, isListed } from '../memory/conversations.ts';
import { methodOf } from '../sync/methods.ts';
import type { ConversationMethods } from '../types/conversations.ts';
import { wantedBy } from './wanted-conversations.ts';

const SEVERAL = { conversationIDList: keys };
const ONE = { conversationID: text };

const DELETE = { ...SEVERAL, clearHistoryMessage: optional(flag) };

const markType: Check<number> = (value, name) =>
  Number.isInteger(Math.log2(wholeNumber(value, name))) ? (value as number) : refuse(name, 'a power of two');

const REMIND_TYPE = {
  groupID: optionalName,
  userIDList: optional(userIDs),
  messageRemindType: oneOf('AcceptAndNotify', 'AcceptNotNotify', 'Discard'),
};

const SCOPES = {
  [TYPES.READ_ALL_C2C_MSG]: { conversationType: 'C2C' },
  [TYPES.READ_ALL_GROUP_MSG]: { conversationType: 'GROUP' },
  [TYPES.READ_ALL_MSG]: {},
} as const;
const READ_ALL = { scope: optional(oneOf(...(Object.keys(SCOPES) as (keyof typeof SCOPES)[]))) };

/** Rejects with what is wrong with the one conversation that was named. */
function throwFailure({ failureConversationIDList: [failure] }: PartialResult): void {
  if (failure)
    throw chatError(
      failure.code === 2503 ? 'BAD_CONVERSATION_ID' : 'CONVERSATION_NOT_FOUND',
      failure.message,
    );
}

export function conversationMethods(core: Core): ConversationMethods {
  const { session, calls, mirror, log } = core;
  const deleteSeveral = methodOf(core, 'deleteConversation', {
    takes: DELETE,
  });
  const setAllMessageRead = methodOf(core, 'setAllMessageRead', {
    takes: READ_ALL,
    sends: ({ scope = TYPES.READ_ALL_MSG }) => SCOPES[scope],
    gives: () => ({}),
  });
  return {
    async getConversationList(given) {
      const isWanted = wantedBy(given, core);
      await session.served();
      return ok({ conversationList: conversationListOf(mirror, isWanted), isSyncCompleted: true });
    },
    async getConversationProfile(given) {
      const conversationID = text(given, 'getConversationProfile: conversationID');
      await session.served();
      const view = mirror.heldConversations.get(conversationID);
      if (view) return ok({ conversation: conversationOf(mirror, view) });
      const answer = await calls.ask('getConversationProfile', { conversationID });
      return ok({ conversation: newConversationOf(mirror, answer.conversation, answer.groupProfile) });
    },
    async deleteConversation(given: unknown) {
      if (typeof given !== 'string') return deleteSeveral(given) as never;
      const { data } = await deleteSeveral({ conversationIDList: [given] });
      throwFailure(data);
      return ok({ conversationID: given }) as never;
    },
    pinConversation: methodOf(core, 'pinConversation', { takes: { ...ONE, isPinned: flag } }),
    setMessageRemindType: remindTypeMethod(core),
    markConversation: methodOf(core, 'markConversation', {
      takes: { ...SEVERAL, markType, enableMark: flag },
      sends: ({ markType: bit, ...rest }) => ({ ...rest, mark: Math.log2(bit) }),
    }),
    setConversationCustomData: methodOf(core, 'setConversationCustomData', {
      takes: { ...SEVERAL, customData: anyText },
    }),
    async setConversationDraft(given) {
      const taken = take('setConversationDraft', given, { ...ONE, draftText: anyText }, log);
      await session.served();
      const { conversationID, draftText } = taken;
      const view = mirror.heldConversations.get(conversationID);
      if (!view || !isListed(view))
        throw chatError('CONVERSATION_NOT_FOUND', `${conversationID} is not in the list`);
      mirror.heldConversations.setDraft(conversationID, draftText);
      session.onMessageEnd();
      return ok({
        conversation: conversationOf(mirror, mirror.heldConversations.get(conversationID) ?? view),
      });
    },
    setAllMessageRead: (given = {}) => setAllMessageRead(given),
    getTotalUnreadMessageCount: () => totalUnreadOf(mirror),
  };
}

function remindTypeMethod(core: Core): ConversationMethods['setMessageRemindType'] {
  const { mirror } = core;
  return methodOf(core, 'setMessageRemindType', {
    takes: REMIND_TYPE,
    sends({ groupID, userIDList, messageRemindType }) {
      const named = groupID ? [conversationOfGroup(groupID)] : userIDList?.map((userID) => `C2C${userID}`);
      return {
        conversationIDList: named ?? refuse('setMessageRemindType: groupID', 'given, or userIDList'),
        messageRemindType,
      };
    },
    gives(output, { groupID }) {
      const { successConversationIDList, failureConversationIDList } = output;
      const userIDOf = (conversationID: string) => conversationID.slice(3);
      if (!groupID)
        return {
          successUserIDList: successConversationIDList.map(userIDOf),
          failureUserIDList: failureConversationIDList.map(({ conversationID, ...why }) => ({
            userID: userIDOf(conversationID),
            ...why,
          })),
        };
      throwFailure(output);
      const view = mirror.heldConversations.get(conversationOfGroup(groupID));
      return view ? { group: newConversationOf(mirror, view).groupProfile } : {};
    },
  });
}
