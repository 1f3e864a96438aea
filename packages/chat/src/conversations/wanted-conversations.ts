import type { ConversationView } from '@muster/protocol';
import { anyText, flag, keys, optional, optionalName, take, wholeNumber } from '../arguments.ts';
import { unreadOf } from '../conversation-of.ts';
import type { Core } from '../core.ts';

const CONDITIONS = {
  type: optionalName,
  groupName: optional(anyText),
  markType: optional(wholeNumber),
  hasUnreadCount: optional(flag),
  hasGroupAtInfo: optional(flag),
};

/** Whether a conversation is wanted by a list of ids, or meets all conditions that are given (CG12). */
export function wantedBy(given: unknown, { mirror, log }: Core): (view: ConversationView) => boolean {
  if (Array.isArray(given)) {
    const wanted = new Set(keys(given, 'getConversationList: conversationIDList'));
    return ({ state }) => wanted.has(state.conversationID);
  }
  const conditions = take('getConversationList', given ?? {}, CONDITIONS, log);
  const { type, groupName, markType, hasUnreadCount, hasGroupAtInfo } = conditions;
  const isEither = (wish: boolean | undefined, is: boolean) => wish === undefined || wish === is;
  return (view) => {
    const { conversationID, markList } = view.state;
    const names = groupName === undefined ? [] : mirror.heldConversationGroups.of(conversationID);
    return (
      (!type || type === (view.peer ? 'C2C' : 'GROUP')) &&
      (groupName === undefined || (groupName ? names.includes(groupName) : names.length === 0)) &&
      (!markType || markList.some((mark) => 2 ** mark === markType)) &&
      isEither(hasUnreadCount, unreadOf(mirror, view) > 0) &&
      isEither(hasGroupAtInfo, view.mentions.length > 0)
    );
  };
}
