/** The commands of messages: to a group, to a user, and what was said in a group. */
import type { Message } from '@muster/protocol';
import type { Body } from '../wire/frame.ts';
import { elementsOf, ownElements, ownMentions, secondsOf } from '../wire/messages.ts';
import { given } from '../wire/translation.ts';
import { carriedOutBy, type RestCall, type RestTranslation, resultOf } from './rest-translation.ts';

/** What a message to a group and one to a user have in common. */
function messageInput(
  { body, now }: Pick<RestCall, 'body' | 'now'>,
  random: unknown,
): Record<string, unknown> {
  const control: unknown[] = Array.isArray(body.SendMsgControl) ? body.SendMsgControl : [];
  return {
    ...ownElements(body.MsgBody),
    random,
    clientTime: secondsOf(now),
    cloudCustomData: body.CloudCustomData,
    onlineUserOnly: body.OnlineOnlyFlag === 1 ? true : undefined,
    excludedFromUnreadCount: control.includes('NoUnread') ? true : undefined,
    excludedFromLastMessage: control.includes('NoLastMsg') ? true : undefined,
  };
}

/** The account that speaks: the administrator himself unless the body names another. */
function speaker(call: RestCall): RestCall['ask'] {
  const { From_Account } = call.body;
  return From_Account === undefined || From_Account === '' ? call.ask : call.askFor(From_Account);
}

const toGroup: RestTranslation = async (call) => {
  const { GroupId, Random, MsgPriority, GroupAtInfo } = call.body;
  const sent = await speaker(call)(
    'sendMessage',
    given({
      ...messageInput(call, Random),
      conversationID: typeof GroupId === 'string' ? `GROUP${GroupId}` : undefined,
      priority: MsgPriority,
      atUserList: ownMentions(GroupAtInfo),
    }),
  );
  return resultOf(call, sent, ({ sequence, timestamp }) => ({
    MsgTime: secondsOf(timestamp),
    MsgSeq: sequence,
  }));
};

/** `MsgSeq` of the request is for the sorting of clients, which our sequence does. */
const toUser: RestTranslation = async (call) => {
  const { To_Account, MsgRandom } = call.body;
  const sent = await speaker(call)(
    'sendMessage',
    given({
      ...messageInput(call, MsgRandom),
      conversationID: typeof To_Account === 'string' ? `C2C${To_Account}` : undefined,
    }),
  );
  return resultOf(call, sent, ({ sequence, timestamp }) => {
    const time = secondsOf(timestamp);
    return { MsgTime: time, MsgKey: `${sequence}_${String(MsgRandom)}_${time}` };
  });
};

const REVOKED = 2;
const PRESENT = 0;
const PAGE_MAX = 20;
/** Everything that was asked for is in the answer. */
const ALL = 1;

function messageBody(message: Message): Body {
  return {
    From_Account: message.from,
    IsPlaceMsg: message.isRevoked ? REVOKED : PRESENT,
    MsgBody: elementsOf(message),
    MsgPriority: message.priority,
    MsgRandom: message.random,
    MsgSeq: message.sequence,
    MsgTimeStamp: secondsOf(message.timestamp),
    ...(message.cloudCustomData === '' ? {} : { CloudCustomData: message.cloudCustomData }),
  };
}

/** Newest first, from `ReqMsgSeq` on downwards. */
const history = carriedOutBy('getMessageList', {
  input: ({ GroupId, ReqMsgNumber, ReqMsgSeq }) => ({
    conversationID: typeof GroupId === 'string' ? `GROUP${GroupId}` : undefined,
    count: typeof ReqMsgNumber === 'number' ? Math.min(ReqMsgNumber, PAGE_MAX) : (ReqMsgNumber ?? null),
    before: typeof ReqMsgSeq === 'number' ? ReqMsgSeq + 1 : ReqMsgSeq,
  }),
  answer: ({ messageList }, { GroupId }) => ({
    GroupId,
    IsFinished: ALL,
    RspMsgList: messageList.toReversed().map(messageBody),
  }),
});

export const GROUP_MESSAGE_COMMANDS: Record<string, RestTranslation> = {
  send_group_msg: toGroup,
  group_msg_get_simple: history,
};

export const USER_MESSAGE_COMMANDS: Record<string, RestTranslation> = { sendmsg: toUser };
