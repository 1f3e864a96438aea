import { conversationViewOf, refuse, searchGroup } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { Handler } from '../call.ts';
import { askerOf } from '../change-group.ts';
import { withPresence } from '../presence.ts';

/** Of a group it shows what a search for it would. */
export const getConversationProfile: Handler<'getConversationProfile'> = async (app, call) => {
  const { userID, input } = call;
  const place = parseConversationID(input.conversationID);
  const [row] = place ? await app.storage.conversations.read(userID, [input.conversationID]) : [];
  if (!place || !row) return refuse('BAD_CONVERSATION_ID');
  const conversation = conversationViewOf(row);
  if (place.type === 'C2C') return { ok: true, output: { conversation, groupProfile: null } };
  const devices = app.rooms.devicesOf(place.groupID, userID);
  const found = searchGroup(await app.storage.groups.read(place.groupID, [userID], devices), askerOf(call));
  if (!found.ok) return found;
  return { ok: true, output: { conversation, groupProfile: withPresence(app, found.reply.profile) } };
};
