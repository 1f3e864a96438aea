import type { ConversationView } from '@muster/protocol';
import { newConversationOf } from '../conversation-of.ts';
import type { Core } from '../core.ts';
import { chatError } from '../errors.ts';
import { groupIDOf } from '../memory/conversations.ts';
import type { Conversation } from '../types/conversations.ts';

/** A conversation that the user does not have: empty, with the profile of whom it would be with (CV2). */
export async function absentConversation(
  { calls, mirror }: Core,
  conversationID: string,
): Promise<Conversation> {
  const tally = { sequence: 0, counted: 0, own: 0 };
  const view = (peer: object | null) =>
    ({
      state: {
        conversationID,
        isPinned: false,
        messageRemindType: 'AcceptAndNotify',
        markList: [],
        customData: '',
        read: tally,
      },
      tally,
      lastMessage: null,
      mentions: [],
      peer,
    }) as unknown as ConversationView;
  if (/^C2C./.test(conversationID)) {
    const userID = conversationID.slice(3);
    const { profiles } = await calls.ask('getUserProfile', { userIDList: [userID] });
    const profile = { nick: '', avatar: '', ...profiles[0], userID };
    return newConversationOf(mirror, view({ profile, readSequence: 0, readTime: 0 }));
  }
  const groupID = groupIDOf(conversationID);
  if (!groupID)
    throw chatError(
      'BAD_CONVERSATION_ID',
      `'${conversationID}' is not C2C and a userID, or GROUP and a groupID`,
    );
  if (mirror.groups.has(groupID)) return newConversationOf(mirror, view(null));
  const { profile } = await calls.ask('searchGroupByID', { groupID });
  return newConversationOf(mirror, view(null), profile);
}
