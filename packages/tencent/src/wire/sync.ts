/**
 * What the original SDK asks after a login and is told to have none of. Every list says that it is complete: a missing
 * `CompleteFlag` or `StartIndex` makes the client ask again without end.
 */
import { always, objectsOf, type Translation } from './translation.ts';

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
