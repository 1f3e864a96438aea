import { sendMessage as decideInGroup, sendMessageToUser as decideToUser, refuse } from '@muster/domain';
import { parseConversationID } from '@muster/protocol';
import type { App } from '../app.ts';
import type { Call, Handler } from '../call.ts';
import { bothSides, changeConversations } from '../change-conversations.ts';
import { askerOf, changeGroup } from '../change-group.ts';
import { passToGroup, passToUser } from './pass-message.ts';

export const sendMessage: Handler<'sendMessage'> = async (app, call) => {
  const named = parseConversationID(call.input.conversationID);
  if (!named) return refuse('BAD_CONVERSATION_ID');
  if (named.type === 'GROUP') return sendToGroup(app, call, named.groupID);
  const { userID } = named;
  if (call.input.onlineUserOnly) return passToUser(app, call, userID);
  return changeConversations(app, call, {
    userIDs: [userID],
    conversations: bothSides(call.userID, userID),
    decide: (state) => decideToUser(state, askerOf(call), call.input),
  });
};

async function sendToGroup(app: App, call: Call<'sendMessage'>, groupID: string) {
  if (call.input.onlineUserOnly || (await isRoom(app, call, groupID))) return passToGroup(app, call, groupID);
  return changeGroup(app, call, {
    groupID,
    profiles: true,
    decide: (state) => decideInGroup(state, askerOf(call), call.input),
  });
}

/** Whether a group is an AVChatRoom, which keeps no messages (MS3). A device that is told of it knows. */
async function isRoom(app: App, { session }: Pick<Call, 'session'>, groupID: string): Promise<boolean> {
  const subscription = session?.groups.get(groupID);
  if (subscription) return subscription.isRoom;
  const { group } = await app.storage.groups.read(groupID, []);
  return group?.type === 'AVChatRoom';
}
