import { conversationGroupOf } from '@muster/domain';
import type { Handler } from '../call.ts';

export const getConversationGroups: Handler<'getConversationGroups'> = async (app, { userID }) => {
  const mirror = await app.storage.conversations.mirror(userID);
  return {
    ok: true,
    output: { conversationGroupList: mirror?.conversationGroups.map(conversationGroupOf) ?? [] },
  };
};
