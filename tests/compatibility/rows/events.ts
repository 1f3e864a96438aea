/** The events of the SDKs. */
import assert from 'node:assert/strict';
import { both, differs, NEVER_RAISED, type Probe, type SDKRow, type Section, works } from '../row.ts';
import {
  codeOf,
  groupOf,
  has,
  hearsText,
  isOf,
  type Person,
  type Stage,
  say,
  withStranger,
} from '../stage.ts';
import { folder } from './conversations.ts';
import { counting } from './group-counters.ts';
import { asked, changesAttributes } from './groups.ts';
import { isDestroyed, logsIn, logsOut, ready } from './instance.ts';
import { modifies, revokes } from './messages.ts';
import { updates } from './users.ts';

/** A message, and that somebody came, are told to the others in the group alone. */
async function receives(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await groupOf(stage);
  await me.hears('MESSAGE_RECEIVED', (list) =>
    list.some(
      ({ type, to, payload }: { type: string; to: string; payload: { operationType: number } }) =>
        type === 'TIMGroupTipElem' && to === groupID && payload.operationType === 1,
    ),
  );
  const { ID, payload } = await say(me, { groupID });
  has(await hearsText(other, payload.text ?? ''), { ID, from: me.userID, flow: 'in' });
  assert.ok(!me.all('MESSAGE_RECEIVED').flat().some(isOf({ ID })));
}

/** What a tip says of a group whose name has changed; and that nothing tells of a request to join. */
function receivesTips(fields: readonly string[]): Probe<Stage> {
  return async (stage) => {
    await receives(stage);
    const { me, other } = stage;
    const groupID = await groupOf(stage);
    await me.call('updateGroupProfile', { groupID, name: 'crew' });
    const isTip = ({ to, payload }: Tip): boolean => to === groupID && payload.operationType === 6;
    const tips: Tip[] = await other.hears('MESSAGE_RECEIVED', (list: Tip[]) => list.some(isTip));
    assert.deepEqual(Object.keys(tips.find(isTip)?.payload.newGroupProfile ?? {}), fields);
    await asked(stage);
    const notices = me
      .all('MESSAGE_RECEIVED')
      .flat()
      .filter(isOf({ type: 'TIMGroupSystemNoticeElem' }));
    assert.ok(notices.every(({ payload }: Tip) => payload.operationType !== 1));
  };
}

interface Tip {
  to: string;
  payload: { operationType: number; newGroupProfile?: object };
}

const NO_NOTICE = 'no notice tells of a request to join, which `getGroupApplicationList` lists';
const ALL_FIELDS = [
  'groupName',
  'avatar',
  'introduction',
  'notification',
  'joinOption',
  'muteAllMembers',
  'groupCustomField',
];

async function isRead({ me, stranger }: Stage): Promise<void> {
  const friend = await stranger();
  const { ID, payload } = await say(me, { userID: friend.userID });
  await hearsText(friend, payload.text ?? '');
  await friend.call('setMessageRead', { conversationID: `C2C${me.userID}` });
  await me.hears('MESSAGE_READ_BY_PEER', (list) => list.some(isOf({ ID, isPeerRead: true })));
}

async function listsConversations(stage: Stage): Promise<void> {
  const { conversationID } = await withStranger(stage);
  await stage.me.hears('CONVERSATION_LIST_UPDATED', (list) => list.some(isOf({ conversationID })));
}

async function countsUnread(stage: Stage): Promise<void> {
  await withStranger(stage);
  await stage.me.hears('TOTAL_UNREAD_MESSAGE_COUNT_UPDATED', (count) => count >= 1);
}

async function listsGroups(stage: Stage): Promise<void> {
  const groupID = await groupOf(stage);
  for (const one of [stage.me, stage.other])
    await one.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID })));
}

const SETTLED_MS = 300;

/** How often somebody hears the names when he makes a conversation group of one conversation, and adds another. */
async function timesTold(stage: Stage): Promise<{ created: number; added: number }> {
  const me = await ready(await stage.fresh());
  const own = { ...stage, me };
  const heard = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    return me.all('CONVERSATION_GROUP_LIST_UPDATED').filter((names) => names.length > 0).length;
  };
  const { groupName } = await folder(own);
  const created = await heard();
  const { conversationID } = await withStranger(own);
  await me.call('addConversationsToGroup', { groupName, conversationIDList: [conversationID] });
  return { created, added: (await heard()) - created };
}

const wasTold = (one: Person, groupName: string, conversationID: string): Promise<unknown> =>
  one.hears(
    'CONVERSATION_IN_GROUP_UPDATED',
    (data) => data.groupName === groupName && data.conversationList.some(isOf({ conversationID })),
  );

async function tellsMembers(stage: Stage): Promise<void> {
  const { me } = stage;
  const [{ groupName }, { conversationID }] = [await folder(stage), await withStranger(stage)];
  await me.call('addConversationsToGroup', { groupName, conversationIDList: [conversationID] });
  await wasTold(me, groupName, conversationID);
}

/** The others hear of a burst by its last value, and by fewer events than it has changes. */
async function tellsCounters(stage: Stage): Promise<void> {
  const { me, other } = stage;
  const groupID = await counting(stage);
  const times = 60;
  const increase = { groupID, key: 'a', value: 1 };
  await Promise.all(Array.from({ length: times }, () => me.call('increaseGroupCounter', increase)));
  const isIt = isOf({ groupID, key: 'a' });
  for (const one of [me, other])
    await one.hears('GROUP_COUNTER_UPDATED', (data) => isIt(data) && data.value === 5 + times);
  assert.ok(other.all('GROUP_COUNTER_UPDATED').filter(isIt).length < times);
}

const CONFLATED =
  'in a busy group the changes of 100 ms come as one event per key with the newest value; the last always comes (GC13)';

async function isKicked({ fresh, rest }: Stage): Promise<void> {
  const one = await ready(await fresh());
  await rest('im_open_login_svc/kick', { UserID: one.userID });
  has(await one.hears('KICKED_OUT'), { type: 'REST_API_Kick' });
  await one.hears('SDK_NOT_READY');
}

async function tellsErrors({ fresh }: Stage): Promise<void> {
  const one = await fresh();
  assert.equal(await codeOf(one.call('getGroupList')), 2024);
  has(await one.hears('ERROR'), { code: 2024 });
}

async function tellsOfNet({ fresh, cutConnections }: Stage): Promise<void> {
  const one = await ready(await fresh());
  // A connection that breaks within a second of its beginning is not made again at once by the original.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  one.forget();
  cutConnections(one.userID);
  await one.hears('NET_STATE_CHANGE', isOf({ state: 'connecting' }));
  await one.hears('NET_STATE_CHANGE', isOf({ state: 'connected' }));
}

/** Told once after a login, and of nothing. */
const emptyAtLogin = (event: string, empty: unknown, what: string): SDKRow<Stage> => ({
  ours: NEVER_RAISED,
  original: differs(`raised after a login and tells of none: ${what} are not built`, async ({ me }) => {
    await me.hears(event);
    for (const data of me.all(event)) assert.deepEqual(data, empty);
  }),
});

const NEVER: SDKRow<Stage> = both(NEVER_RAISED);

export const EVENTS: Section<SDKRow<Stage>> = {
  title: 'Events',
  rows: {
    SDK_READY: both(works(logsIn)),
    SDK_NOT_READY: both(works(logsOut)),
    SDK_DESTROY: both(works(isDestroyed)),
    MESSAGE_RECEIVED: {
      ours: differs(
        `${NO_NOTICE}; a new name of a group is the \`name\` of \`newGroupProfile\`, and not its \`groupName\``,
        receivesTips(['name']),
      ),
      original: differs(
        `${NO_NOTICE}; \`newGroupProfile\` has all that a group says of itself, and not what has changed alone`,
        receivesTips(ALL_FIELDS),
      ),
    },
    ROOM_CUSTOM_DATA_RECEIVED: NEVER,
    MESSAGE_MODIFIED: both(works(modifies)),
    MESSAGE_REVOKED: both(works(revokes)),
    MESSAGE_READ_BY_PEER: both(works(isRead)),
    MESSAGE_READ_RECEIPT_RECEIVED: NEVER,
    MESSAGE_EXTENSIONS_UPDATED: NEVER,
    MESSAGE_EXTENSIONS_DELETED: NEVER,
    MESSAGE_REACTIONS_UPDATED: NEVER,
    CONVERSATION_LIST_UPDATED: both(works(listsConversations)),
    TOTAL_UNREAD_MESSAGE_COUNT_UPDATED: both(works(countsUnread)),
    CONVERSATION_GROUP_LIST_UPDATED: {
      ours: works(async (stage) => assert.deepEqual(await timesTold(stage), { created: 1, added: 1 })),
      original: differs(
        'raised twice where one is created with conversations, and not where conversations are put in or taken out: ' +
          'the client raises it so',
        async (stage) => assert.deepEqual(await timesTold(stage), { created: 2, added: 0 }),
      ),
    },
    CONVERSATION_IN_GROUP_UPDATED: both(works(tellsMembers)),
    GROUP_LIST_UPDATED: both(works(listsGroups)),
    GROUP_ATTRIBUTES_UPDATED: both(works(changesAttributes)),
    GROUP_COUNTER_UPDATED: both(differs(CONFLATED, tellsCounters)),
    TOPIC_CREATED: NEVER,
    TOPIC_DELETED: NEVER,
    TOPIC_UPDATED: NEVER,
    PROFILE_UPDATED: both(works(updates)),
    USER_STATUS_UPDATED: NEVER,
    BLACKLIST_UPDATED: emptyAtLogin('BLACKLIST_UPDATED', [], 'blocklists'),
    FRIEND_LIST_UPDATED: emptyAtLogin('FRIEND_LIST_UPDATED', [], 'friends'),
    FRIEND_GROUP_LIST_UPDATED: NEVER,
    FRIEND_APPLICATION_LIST_UPDATED: emptyAtLogin(
      'FRIEND_APPLICATION_LIST_UPDATED',
      { friendApplicationList: [], unreadCount: 0 },
      'friends',
    ),
    MY_FOLLOWERS_LIST_UPDATED: NEVER,
    MY_FOLLOWING_LIST_UPDATED: NEVER,
    MUTUAL_FOLLOWERS_LIST_UPDATED: NEVER,
    KICKED_OUT: both(works(isKicked)),
    ERROR: both(works(tellsErrors)),
    NET_STATE_CHANGE: both(works(tellsOfNet)),
    ALL_RECEIVE_MESSAGE_OPT_UPDATED: NEVER,
    SERVER_CONFIG_UPDATED: {
      ours: NEVER_RAISED,
      original: works(async ({ me }) => has(await me.hears('SERVER_CONFIG_UPDATED'), { config: {} })),
    },
    PINNED_GROUP_MESSAGE_UPDATED: NEVER,
  },
};
