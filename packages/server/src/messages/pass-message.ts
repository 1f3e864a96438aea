/** Messages that nothing is kept of: those of an AVChatRoom (MS3), and those for connected devices only (MS5). */
import { composeGroupMessage, composeUserMessage, sentMessageOf } from '@muster/domain';
import {
  conversationOfGroup,
  conversationWithUser,
  type Message,
  type OnlineMessageFrame,
} from '@muster/protocol';
import type { App } from '../app.ts';
import type { Call, Result } from '../call.ts';
import { askerOf } from '../change-group.ts';

type SendResult = Promise<Result<'sendMessage'>>;

/** To every device that is told of the group, but for the one that asks. */
export function passToGroup(app: App, call: Call<'sendMessage'>, groupID: string): SendResult {
  return pass(app, call, async () => {
    const { userID, session } = call;
    const [state, users] = await Promise.all([
      app.storage.groups.read(groupID, [userID], app.rooms.devicesOf(groupID, userID)),
      app.storage.users.read([userID]),
    ]);
    const profiles = new Map([...users].map(([id, { profile }]) => [id, profile]));
    const composed = composeGroupMessage({ ...state, profiles }, askerOf(call), call.input);
    if (!composed.ok) return composed;
    const { message } = composed.reply;
    const frame = onlineMessage(conversationOfGroup(groupID), message);
    app.delivery.passing.toGroup(groupID, frame, session?.outbox);
    return { ok: true, output: sentMessageOf(message) };
  });
}

/** To every connected device of both users, but for the one that asks. Each side has its name of the conversation. */
export function passToUser(app: App, call: Call<'sendMessage'>, otherID: string): SendResult {
  return pass(app, call, async () => {
    const { userID } = call;
    const users = await app.storage.users.read([userID, otherID]);
    const nothing = { conversations: new Map(), tallies: new Map(), messages: new Map() };
    const composed = composeUserMessage({ ...nothing, users }, askerOf(call), call.input);
    if (!composed.ok) return composed;
    const { message } = composed.reply;
    const sides = new Map([
      [otherID, conversationWithUser(userID)],
      [userID, conversationWithUser(otherID)],
    ]);
    for (const [side, conversationID] of sides)
      app.delivery.passing.toDevices(listening(app, call, side), onlineMessage(conversationID, message));
    return { ok: true, output: sentMessageOf(message) };
  });
}

/** Once, however often it is asked for, and after what the device said before. */
function pass(app: App, { operation, session }: Call<'sendMessage'>, send: () => SendResult): SendResult {
  return app.passingAnswers.once(operation, () => (session ? session.inTurn(send) : send()));
}

/** The outboxes of a user's devices whose login is done, but for the device that asks. */
function listening(app: App, { session }: Pick<Call, 'session'>, userID: string) {
  const others = [...app.sessions.ofUser(userID)].filter((other) => other !== session && other.log);
  return others.map(({ outbox }) => outbox);
}

function onlineMessage(conversationID: string, message: Message): OnlineMessageFrame {
  return { event: 'onlineMessage', conversationID, message };
}
