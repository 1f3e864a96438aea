/** One user's conversation groups and one group's counters, changed by our SDK, the original and REST in turn. */
import type { ChatSDK } from '@muster/chat';
import { describe, expect, it } from 'vitest';
import { rest, restOK } from '../rest/rest-client.ts';
import { groupIDOf, withCast } from './cast.ts';
import type { Original } from './original.ts';

const MOST = Number.MAX_SAFE_INTEGER;

describe('our SDK, the original and REST side by side', () => {
  const cast = withCast();

  async function stage(): Promise<{ original: Original; ours: ChatSDK; groupID: string }> {
    const original = await cast.original('ann');
    const groupID = groupIDOf('Public');
    await original.call('createGroup', { type: 'Public', name: 'team', groupID });
    await original.until(
      () => original.all('CONVERSATION_LIST_UPDATED').at(-1)?.[0] !== undefined,
      'the list of the original',
    );
    return { original, ours: await cast.server.login(original.userID), groupID };
  }

  it('[RS4][CG13] each sees what the others do to the conversation groups of their user', async () => {
    const { original, ours, groupID } = await stage();
    const conversationID = `GROUP${groupID}`;
    const From_Account = original.userID;
    const onREST = async () => {
      const { GroupItem, ContactItem } = (await restOK(cast.server, 'recentcontact/get_contact_group', {
        From_Account,
        StartIndex: 0,
      })) as { GroupItem: { GroupName: string }[]; ContactItem: { ContactGroupId: number[] }[] };
      return [GroupItem.map(({ GroupName }) => GroupName), ContactItem[0]?.ContactGroupId.length ?? 0];
    };
    const onOurs = async () => {
      const { data } = await ours.getConversationGroups();
      const names = data.map(({ groupName }) => groupName);
      return [
        names,
        data.filter(({ conversationIDList }) => conversationIDList.includes(conversationID)).length,
      ];
    };
    const onOriginal = async () => {
      const names: string[] = (await original.call('getConversationGroupList')).data;
      const { data } = await original.call('getConversationList', [conversationID]);
      return [names, data.conversationList[0].conversationGroupList.length];
    };
    const allSee = async (names: string[], memberships: number) => {
      for (const see of [onREST, onOurs, onOriginal])
        await expect.poll(see, { timeout: 10_000 }).toEqual([names, memberships]);
    };

    const conversationIDList = [conversationID];
    await ours.createConversationGroup({ groupName: 'ours', conversationIDList });
    await allSee(['ours'], 1);
    await original.call('createConversationGroup', { groupName: 'original', conversationIDList });
    await allSee(['ours', 'original'], 2);
    const ContactItem = [{ Type: 2, ToGroupId: groupID }];
    await restOK(cast.server, 'recentcontact/create_contact_group', {
      From_Account,
      GroupContactItem: [{ GroupName: 'rest', ContactItem }],
    });
    await allSee(['ours', 'original', 'rest'], 3);
    await original.call('renameConversationGroup', { oldName: 'rest', newName: 'renamed' });
    await allSee(['ours', 'original', 'renamed'], 3);
    await ours.deleteConversationsFromGroup({ groupName: 'original', conversationIDList });
    await allSee(['ours', 'original', 'renamed'], 2);
    await restOK(cast.server, 'recentcontact/del_contact_group', { From_Account, GroupName: ['ours'] });
    await allSee(['original', 'renamed'], 1);
  });

  it('[RS4][GC3] each sees the counters that the others write, up to where its own numbers end', async () => {
    const { original, ours, groupID } = await stage();
    const onOriginal = async () => (await original.call('getGroupCounters', { groupID })).data.counters;
    const onOurs = async () => (await ours.getGroupCounters({ groupID })).data.counters;
    const onREST = async () =>
      (await rest(cast.server, 'group_open_http_svc/get_group_counter', { GroupId: groupID })).text;

    await restOK(cast.server, 'group_open_http_svc/update_group_counter', {
      GroupId: groupID,
      GroupCounter: [{ Key: 'gifts', Value: MOST - 1 }],
    });
    await original.hears('GROUP_COUNTER_UPDATED', ({ value }) => value === MOST - 1);
    await original.call('increaseGroupCounter', { groupID, key: 'gifts', value: 1 });
    await expect.poll(onOurs).toEqual({ gifts: MOST });
    expect(await onOriginal()).toEqual({ gifts: MOST });
    await ours.increaseGroupCounter({ groupID, key: 'gifts', value: 2n });
    expect(await onREST()).toContain('[{"Key":"gifts","Value":9007199254740993}]');
    await expect.poll(onOurs).toEqual({ gifts: 9_007_199_254_740_993n });
  });
});
