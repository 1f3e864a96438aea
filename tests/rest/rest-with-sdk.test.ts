/** One group and one user's conversation groups, changed by REST and by our SDK: each sees the other's changes. */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { type Muster, startMuster } from '@muster/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAccounts, rest, restOK } from './rest-client.ts';

const { EVENT } = MusterChat;

let muster: Muster;
let alice: ChatSDK;

beforeAll(async () => {
  muster = await startMuster({ tickMs: 0 });
  await importAccounts(muster, 'bob');
  alice = await muster.login('alice');
  const made = event(EVENT.GROUP_LIST_UPDATED);
  await restOK(muster, 'group_open_http_svc/create_group', {
    ...{ Owner_Account: 'alice', Type: 'Public', GroupId: 'both', Name: 'Both' },
  });
  await made;
});
afterAll(() => muster.close());

/** The next event of a name, whose data meets the condition. */
function event(name: string, meets: (data: unknown) => boolean = () => true): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = ({ data }: { data: unknown }): void => {
      if (!meets(data)) return;
      alice.off(name, listen);
      resolve(data);
    };
    alice.on(name, listen);
  });
}

const GROUPS = 'group_open_http_svc';

describe('REST and our SDK together', () => {
  it('[RS4][GC11] counters', async () => {
    const updated = event(EVENT.GROUP_COUNTER_UPDATED);
    const body = '{"GroupId":"both","GroupCounter":[{"Key":"a","Value":9223372036854775806}]}';
    await restOK(muster, `${GROUPS}/update_group_counter`, body);
    expect(await updated).toEqual({ groupID: 'both', key: 'a', value: 9223372036854775806n, version: 1 });
    await alice.increaseGroupCounter({ groupID: 'both', key: 'a', value: 1 });
    const read = await rest(muster, `${GROUPS}/get_group_counter`, { GroupId: 'both' });
    expect(read.text).toContain('[{"Key":"a","Value":9223372036854775807}]');
    const deleted = event(EVENT.GROUP_COUNTER_DELETED);
    await restOK(muster, `${GROUPS}/delete_group_counter`, { GroupId: 'both' });
    expect(await deleted).toMatchObject({ groupID: 'both', key: 'a' });
  });

  it('[RS4][CG13] conversation groups', async () => {
    const listed = event(EVENT.CONVERSATION_GROUP_LIST_UPDATED);
    await restOK(muster, 'recentcontact/create_contact_group', {
      From_Account: 'alice',
      GroupContactItem: [{ GroupName: 'Work', ContactItem: [{ Type: 2, ToGroupId: 'both' }] }],
    });
    expect(await listed).toEqual(['Work']);
    await alice.renameConversationGroup({ oldName: 'Work', newName: 'Office' });
    const found = await restOK(muster, 'recentcontact/get_contact_group', { From_Account: 'alice' });
    expect(found).toMatchObject({
      ContactItem: [{ ToGroupId: 'both', ContactGroupId: [1] }],
      GroupItem: [{ GroupName: 'Office', GroupId: 1 }],
    });
    const emptied = event(EVENT.CONVERSATION_IN_GROUP_UPDATED);
    await restOK(muster, 'recentcontact/update_contact_group', {
      ...{ From_Account: 'alice', UpdateType: 1 },
      UpdateGroup: {
        ...{ UpdateGroupType: 2, OldGroupName: 'Office' },
        ContactUpdateItem: [{ ContactOptType: 2, ContactItem: { Type: 2, ToGroupId: 'both' } }],
      },
    });
    expect(await emptied).toMatchObject({ groupName: 'Office', conversationList: [] });
  });

  it('[RS4][MS4] messages', async () => {
    const received = event(EVENT.MESSAGE_RECEIVED);
    await restOK(muster, 'openim/sendmsg', {
      ...{ From_Account: 'bob', To_Account: 'alice', MsgRandom: 1 },
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
    });
    expect(await received).toMatchObject([{ from: 'bob', payload: { text: 'hello' } }]);
    const message = alice.createTextMessage({
      ...{ to: 'both', conversationType: MusterChat.TYPES.CONV_GROUP },
      payload: { text: 'from the SDK' },
    });
    await alice.sendMessage(message);
    const said = await restOK(muster, `${GROUPS}/group_msg_get_simple`, { GroupId: 'both', ReqMsgNumber: 1 });
    expect(said.RspMsgList).toMatchObject([
      { From_Account: 'alice', MsgBody: [{ MsgContent: { Text: 'from the SDK' } }] },
    ]);
  });

  it('[RS4][US13] the end of an account', async () => {
    const kicked = event(EVENT.KICKED_OUT);
    await restOK(muster, 'im_open_login_svc/account_delete', { DeleteItem: [{ UserID: 'alice' }] });
    expect(await kicked).toMatchObject({ type: 'REST_API_Kick' });
    const info = await restOK(muster, `${GROUPS}/get_group_info`, { GroupIdList: ['both'] });
    expect(info.GroupInfo).toMatchObject([{ Owner_Account: '', MemberNum: 0 }]);
  });
});
