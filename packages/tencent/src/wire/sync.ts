/**
 * What the original SDK asks after a login and is told to have none of. Every list says that it is complete: a missing
 * `CompleteFlag` or `StartIndex` makes the client ask again without end.
 */
import type { Body } from './frame.ts';
import { always, objectsOf, type Translation } from './translation.ts';

const NO_CONVERSATIONS: Body = {
  CompleteFlag: 1,
  TimeStamp: 0,
  StartIndex: 0,
  TopTimeStamp: 0,
  TopStartIndex: 0,
  GroupItem: [],
  SessionItem: [],
};

const NO_CONVERSATION_GROUPS: Body = { GroupItem: [], ContactItem: [], CompleteFlag: 1, NextStartIndex: 0 };

export const CONVERSATION_TRANSLATIONS: Record<string, Translation> = {
  page_get: always(() => NO_CONVERSATIONS),
  get_contact_group: always(() => NO_CONVERSATION_GROUPS),
  search_contact_group: always(() => ({ ContactResultItem: [], GroupItem: [] })),
};

/** An empty cookie would end the synchronisation without its result. */
const NOTHING_UNREAD: Body = {
  Cookie: 'read',
  SyncFlag: 2,
  MsgList: [],
  C2CPairUnreadCount: [],
  C2CRemainingUnreadCount: [],
  EventArray: [],
};

export const MESSAGE_TRANSLATIONS: Record<string, Translation> = {
  getmsg: always(() => NOTHING_UNREAD),
  get_peer_read_time: always((body) => ({
    ReadTime: Array.isArray(body.To_Account) ? body.To_Account.map(() => 0) : [],
  })),
  get_c2c_peer_mute_notifications: always(() => ({ MuteNotificationsList: [] })),
};

/** There are no friends. */
export const FRIEND_TRANSLATIONS: Record<string, Translation> = {
  black_list_get: always(() => ({ BlackListItem: [], StartIndex: 0, CurruentSequence: 0 })),
  friend_get: always(() => ({
    UserDataItem: [],
    FriendNum: 0,
    CompleteFlag: 1,
    NextStartIndex: 0,
    StandardSequence: 0,
    CustomSequence: 0,
  })),
  group_get: always(() => ({ ResultItem: [], CurrentSequence: 0 })),
  pendency_get: always(() => ({ PendencyItem: [], UnreadPendencyCount: 0, CurrentSequence: 0 })),
};

/** What was taken back while the client was away is in the history that it reads. */
export const GROUP_NOTICE_TRANSLATIONS: Record<string, Translation> = {
  batch_get_group_notify: always((body) => ({
    NotifyRspList: objectsOf(body.NotifyReqList).map(({ GroupId }) => ({ GroupId, NotifyMsgList: [] })),
  })),
};

/** What clients tell of themselves is not kept. */
export const REPORT_TRANSLATIONS: Record<string, Translation> = { tim_web_report_v2: always(() => ({})) };
