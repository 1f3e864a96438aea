/** Conversations of a user. */
import assert from 'node:assert/strict';
import { absent, both, differs, type Probe, type SDKRow, type Section, works } from '../row.ts';
import { codeOf, conversationOf, eventually, has, isOf, type Stage, say, withStranger } from '../stage.ts';

async function lists(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID } = await withStranger(stage);
  const { data } = await me.call('getConversationList', [conversationID, 'C2Cabsent']);
  assert.equal(data.isSyncCompleted, true);
  has(data.conversationList, [{ conversationID, type: 'C2C', isPinned: false }]);
  assert.equal(data.conversationList.length, 1);
  const all = (await me.call('getConversationList')).data.conversationList;
  assert.ok(all.some(isOf({ conversationID })));
  const { groupName, conversationID: inside } = await folder(stage);
  await me.call('setMessageRead', { conversationID: inside });
  const idsOf = async (conditions: object): Promise<string[]> =>
    (await me.call('getConversationList', conditions)).data.conversationList.map(
      (found: { conversationID: string }) => found.conversationID,
    );
  assert.deepEqual(await idsOf({ groupName }), [inside]);
  assert.ok(!(await idsOf({ groupName: '' })).includes(inside));
  await eventually(async () => assert.ok(!(await idsOf({ hasUnreadCount: true })).includes(inside)));
  assert.ok((await idsOf({ type: 'C2C', hasUnreadCount: true })).includes(conversationID));
}

async function profile(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID, friend } = await withStranger(stage);
  has((await me.call('getConversationProfile', conversationID)).data, {
    conversation: { conversationID, userProfile: { userID: friend.userID } },
  });
}

const deletes =
  (answer: (ids: string[]) => object): Probe<Stage> =>
  async (stage) => {
    const { me } = stage;
    const { conversationID, friend } = await withStranger(stage);
    has((await me.call('deleteConversation', conversationID)).data, { conversationID });
    assert.equal(await conversationOf(me, conversationID), undefined);
    await say(friend, { userID: me.userID });
    await eventually(async () => has(await conversationOf(me, conversationID), { unreadCount: 1 }));
    const conversationIDList = [conversationID];
    const several = (await me.call('deleteConversation', { conversationIDList })).data;
    assert.deepEqual(several, answer(conversationIDList));
    assert.equal(await conversationOf(me, conversationID), undefined);
  };

async function keepsDraft(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID } = await withStranger(stage);
  await me.call('setConversationDraft', { conversationID, draftText: 'almost' });
  has(await conversationOf(me, conversationID), { draftText: 'almost' });
}

async function clears(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID } = await withStranger(stage);
  has((await me.call('clearHistoryMessage', conversationID)).data, { conversationID });
  assert.deepEqual((await me.call('getMessageList', { conversationID })).data.messageList, []);
  assert.ok(await conversationOf(me, conversationID));
}

interface Change {
  options: (conversationID: string, userID: string) => object;
  answer: (conversationID: string, userID: string) => object;
  /** What the list shows then. */
  shown: object;
}

function changes(method: string, { options, answer, shown }: Change): Probe<Stage> {
  return async (stage) => {
    const { me } = stage;
    const { conversationID, friend } = await withStranger(stage);
    const { data } = await me.call(method, options(conversationID, friend.userID));
    assert.deepEqual(data, answer(conversationID, friend.userID));
    await eventually(async () => has(await conversationOf(me, conversationID), shown));
  };
}

const one = (conversationID: string): object => ({ conversationID });
const listsOf = (conversationID: string): object => ({
  successConversationIDList: [conversationID],
  failureConversationIDList: [],
});

const pins = changes('pinConversation', {
  options: (conversationID) => ({ conversationID, isPinned: true }),
  answer: one,
  shown: { isPinned: true },
});

const marks = changes('markConversation', {
  options: (id) => ({ conversationIDList: [id], markType: 1, enableMark: true }),
  answer: listsOf,
  shown: { markList: [1] },
});

const addsData = changes('setConversationCustomData', {
  options: (id) => ({ conversationIDList: [id], customData: 'mine' }),
  answer: listsOf,
  shown: { customData: 'mine' },
});

const silences = (told: (userID: string) => unknown): Probe<Stage> =>
  changes('setMessageRemindType', {
    options: (_id, userID) => ({ userIDList: [userID], messageRemindType: 'AcceptNotNotify' }),
    answer: (_id, userID) => ({ successUserIDList: [told(userID)], failureUserIDList: [] }),
    shown: { messageRemindType: 'AcceptNotNotify' },
  });

async function countsUnread(stage: Stage): Promise<void> {
  const { me } = stage;
  const { conversationID } = await withStranger(stage);
  await eventually(async () => has(await conversationOf(me, conversationID), { unreadCount: 1 }));
  await eventually(async () => assert.ok((await me.call('getTotalUnreadMessageCount')) >= 1));
}

export const CONVERSATIONS: Section<SDKRow<Stage>> = {
  title: 'Conversations',
  rows: {
    getConversationList: both(works(lists)),
    getConversationProfile: both(works(profile)),
    deleteConversation: {
      ours: differs(
        'with several ids it resolves `{successConversationIDList, failureConversationIDList}`, and not ' +
          '`{conversationIDList}`',
        deletes(([id = '']) => listsOf(id)),
      ),
      original: works(deletes((conversationIDList) => ({ conversationIDList }))),
    },
    clearHistoryMessage: both(works(clears)),
    setConversationDraft: both(works(keepsDraft)),
    pinConversation: both(works(pins)),
    markConversation: both(works(marks)),
    setConversationCustomData: both(works(addsData)),
    setMessageRemindType: {
      ours: differs(
        '`successUserIDList` holds userIDs, and not `{userID}`',
        silences((userID) => userID),
      ),
      original: works(silences((userID) => ({ userID }))),
    },
    getTotalUnreadMessageCount: both(works(countsUnread)),
    setAllReceiveMessageOpt: absent(60_009, ({ me }) =>
      me.call('setAllReceiveMessageOpt', {
        messageRemindType: 'AcceptNotNotify',
        startHour: 1,
        startMinute: 0,
        startSecond: 0,
        duration: 3_600,
      }),
    ),
    getAllReceiveMessageOpt: absent(60_009, ({ me }) => me.call('getAllReceiveMessageOpt')),
  },
};

let names = 0;

function newName(): string {
  names += 1;
  return `folder ${names}`;
}

interface Folder {
  groupName: string;
  conversationID: string;
}

/** A conversation group with one conversation in it. */
export async function folder(stage: Stage): Promise<Folder> {
  const groupName = newName();
  const { conversationID } = await withStranger(stage);
  const { data } = await stage.me.call('createConversationGroup', {
    groupName,
    conversationIDList: [conversationID],
  });
  assert.deepEqual(data, { successConversationIDList: [conversationID], failureConversationIDList: [] });
  await eventually(async () =>
    has(await conversationOf(stage.me, conversationID), { conversationGroupList: [groupName] }),
  );
  return { groupName, conversationID };
}

const namesOf = async ({ me }: Stage): Promise<string[]> => (await me.call('getConversationGroupList')).data;

const UNKNOWN = ['C2Cunknown'];

/** One conversation, and none that is known: how the second one ends is told by the caller. */
async function createsEmpty(stage: Stage): Promise<boolean> {
  await folder(stage);
  const groupName = newName();
  const { data } = await stage.me.call('createConversationGroup', { groupName, conversationIDList: UNKNOWN });
  assert.deepEqual(data.successConversationIDList, []);
  has(data.failureConversationIDList, [{ conversationID: UNKNOWN[0], code: 2500 }]);
  return (await namesOf(stage)).includes(groupName);
}

function isDeleted(answer: (groupName: string) => unknown): Probe<Stage> {
  return async (stage) => {
    const { groupName, conversationID } = await folder(stage);
    assert.deepEqual(await stage.me.call('deleteConversationGroup', groupName), answer(groupName));
    assert.ok(!(await namesOf(stage)).includes(groupName));
    has(await conversationOf(stage.me, conversationID), { conversationGroupList: [] });
    assert.equal(await codeOf(stage.me.call('deleteConversationGroup', groupName)), 51_009);
  };
}

function isRenamed(answer: (groupName: string) => unknown): Probe<Stage> {
  return async (stage) => {
    const { groupName: oldName, conversationID } = await folder(stage);
    const newTitle = newName();
    const answered = await stage.me.call('renameConversationGroup', { oldName, newName: newTitle });
    assert.deepEqual(answered, answer(newTitle));
    has(await conversationOf(stage.me, conversationID), { conversationGroupList: [newTitle] });
  };
}

/** Puts in, or takes out, a conversation; and does so again, which changes nothing. */
function edits(method: string, again: (conversationID: string) => string[]): Probe<Stage> {
  return async (stage) => {
    const { me } = stage;
    const { groupName, conversationID: present } = await folder(stage);
    const isAdding = method === 'addConversationsToGroup';
    const edited = isAdding ? (await withStranger(stage)).conversationID : present;
    const edit = (): Promise<{ data: unknown }> =>
      me.call(method, { groupName, conversationIDList: [edited] });
    has((await edit()).data as object, { successConversationIDList: [edited] });
    has(await conversationOf(me, edited), { conversationGroupList: isAdding ? [groupName] : [] });
    assert.deepEqual((await edit()).data, {
      successConversationIDList: again(edited),
      failureConversationIDList: [],
    });
  };
}

const told = (groupName: string): object => ({ code: 0, data: { groupName } });
const nothing = (): null => null;
const listed = (conversationID: string): string[] => [conversationID];
const unlisted = (): string[] => [];
const OWN_ANSWER = 'resolves `undefined`: the client makes its own answer';
const IN_NEITHER = (what: string): string =>
  `one that is ${what} already is in neither list of the answer: the client reads it so`;

export const CONVERSATION_GROUPS: Section<SDKRow<Stage>> = {
  title: 'Conversation groups',
  rows: {
    createConversationGroup: {
      ours: works(async (stage) => assert.equal(await createsEmpty(stage), true)),
      original: differs(
        'creates none when no conversation of the list is in the conversation list: the client sends nothing then',
        async (stage) => assert.equal(await createsEmpty(stage), false),
      ),
    },
    getConversationGroupList: both(
      works(async (stage) => {
        const [first, second] = [await folder(stage), await folder(stage)];
        const list = await namesOf(stage);
        assert.ok(list.indexOf(first.groupName) >= 0);
        assert.ok(list.indexOf(first.groupName) < list.indexOf(second.groupName));
      }),
    ),
    deleteConversationGroup: {
      ours: works(isDeleted(told)),
      original: differs(OWN_ANSWER, isDeleted(nothing)),
    },
    renameConversationGroup: {
      ours: works(isRenamed(told)),
      original: differs(OWN_ANSWER, isRenamed(nothing)),
    },
    addConversationsToGroup: {
      ours: works(edits('addConversationsToGroup', listed)),
      original: differs(IN_NEITHER('in'), edits('addConversationsToGroup', unlisted)),
    },
    deleteConversationsFromGroup: {
      ours: works(edits('deleteConversationsFromGroup', listed)),
      original: differs(IN_NEITHER('out'), edits('deleteConversationsFromGroup', unlisted)),
    },
  },
};
