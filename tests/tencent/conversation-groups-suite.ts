/** Conversation groups, as the original SDK makes, renames, fills and deletes them. */
import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { groupIDOf, type Place, withCastIn } from './cast.ts';

export function conversationGroupStories(place: Place): void {
  describe(`in ${place.name}`, () => {
    const cast = withCastIn(place);

    /** A user with so many groups, whose conversations are in the list. */
    async function withGroups(one: Caller, count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => groupIDOf('Public'));
      for (const groupID of ids) await one.call('createGroup', { type: 'Public', name: 'team', groupID });
      await one.until(() => (one.all('CONVERSATION_LIST_UPDATED').at(-1)?.length ?? 0) >= count, 'the list');
      return ids.map((groupID) => `GROUP${groupID}`);
    }

    const names = async (one: Caller): Promise<string[]> => (await one.call('getConversationGroupList')).data;

    async function members(one: Caller, groupName: string): Promise<string[]> {
      const { data } = await one.call('getConversationList', { groupName });
      return data.conversationList
        .map(({ conversationID }: { conversationID: string }) => conversationID)
        .sort();
    }

    it('[CG1][CG5][CG9][CG11][CG13] every call, on caller and second device', async () => {
      const ann = await cast.original('ann');
      const [first = '', second = ''] = await withGroups(ann, 2);
      const other = await cast.another(ann.userID);
      await other.until(
        () => (other.all('CONVERSATION_LIST_UPDATED').at(-1)?.length ?? 0) >= 2,
        'the list of the other device',
      );
      const both = [ann, other];
      for (const one of both) one.forget();

      const made = await ann.call('createConversationGroup', {
        conversationIDList: [first, 'GROUPabsent'],
        groupName: 'work',
      });
      expect(made.data).toMatchObject({
        successConversationIDList: [first],
        failureConversationIDList: [{ conversationID: 'GROUPabsent', code: 2_500 }],
      });
      for (const one of both) {
        await one.hears('CONVERSATION_GROUP_LIST_UPDATED', (list) => list.includes('work'));
        expect(await members(one, 'work')).toEqual([first]);
      }

      const added = await ann.call('addConversationsToGroup', {
        conversationIDList: [second],
        groupName: 'work',
      });
      expect(added.data.successConversationIDList).toEqual([second]);
      for (const one of both) {
        await one.hears(
          'CONVERSATION_IN_GROUP_UPDATED',
          ({ groupName, conversationList }) => groupName === 'work' && conversationList.length === 2,
        );
      }

      await other.call('renameConversationGroup', { oldName: 'work', newName: 'jobs' });
      for (const one of both) {
        await one.hears('CONVERSATION_GROUP_LIST_UPDATED', (list) => list.includes('jobs'));
        expect(await names(one)).toEqual(['jobs']);
        expect(await members(one, 'jobs')).toEqual([first, second].sort());
      }

      const taken = await other.call('deleteConversationsFromGroup', {
        conversationIDList: [first],
        groupName: 'jobs',
      });
      expect(taken.data.successConversationIDList).toEqual([first]);
      for (const one of both) {
        await one.hears(
          'CONVERSATION_IN_GROUP_UPDATED',
          ({ groupName, conversationList }) => groupName === 'jobs' && conversationList.length === 1,
        );
        expect(await members(one, 'jobs')).toEqual([second]);
      }

      await ann.call('deleteConversationGroup', 'jobs');
      for (const one of both) {
        await one.hears('CONVERSATION_GROUP_LIST_UPDATED', (list) => list.length === 0);
        expect(await names(one)).toEqual([]);
      }
      const again = await cast.another(ann.userID);
      await again.hears('CONVERSATION_GROUP_LIST_UPDATED');
      expect(await names(again)).toEqual([]);
    });

    it('[CG1][CG2][CG3][CG4] refuses with the codes of the rules', async () => {
      const ann = await cast.original('ann');
      const conversationIDList = await withGroups(ann, 1);
      for (let made = 0; made < 20; made += 1)
        await ann.call('createConversationGroup', { conversationIDList, groupName: `n${made}` });
      const create = (groupName: string) =>
        ann.codeOf('createConversationGroup', { conversationIDList, groupName });
      expect(await create('one more')).toBe(51_010);
      expect(await create('n1')).toBe(52_001);
      expect(await create('ü'.repeat(17))).toBe(51_011);
      expect(await ann.codeOf('deleteConversationGroup', 'absent')).toBe(51_009);
      expect(await ann.codeOf('renameConversationGroup', { oldName: 'absent', newName: 'x' })).toBe(51_009);
      expect(await ann.codeOf('renameConversationGroup', { oldName: 'n1', newName: 'n2' })).toBe(52_001);
      const edit = { conversationIDList, groupName: 'absent' };
      expect(await ann.codeOf('addConversationsToGroup', edit)).toBe(51_009);
      expect(await ann.codeOf('deleteConversationsFromGroup', edit)).toBe(51_009);
    });

    it('[CG12][CG15] a new login shows them, and leaving a group takes its conversation out', async () => {
      const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
      const groupID = groupIDOf('Public');
      await bob.call('createGroup', { type: 'Public', name: 'team', groupID, joinOption: 'FreeAccess' });
      await ann.call('joinGroup', { groupID });
      await ann.until(() => ann.all('CONVERSATION_LIST_UPDATED').at(-1)?.length === 1, 'the conversation');
      await ann.call('createConversationGroup', {
        conversationIDList: [`GROUP${groupID}`],
        groupName: 'work',
      });
      const again = await cast.another(ann.userID);
      await again.hears('CONVERSATION_GROUP_LIST_UPDATED', (list) => list.includes('work'));
      expect(await members(again, 'work')).toEqual([`GROUP${groupID}`]);
      await ann.call('quitGroup', groupID);
      const last = await cast.another(ann.userID);
      await last.hears('CONVERSATION_GROUP_LIST_UPDATED', (list) => list.includes('work'));
      expect(await members(last, 'work')).toEqual([]);
    });

    it('[CG6] a conversation that the list does not show may be in a conversation group', async () => {
      const [ann, bob] = [await cast.original('ann'), await cast.original('bob')];
      // A room is in the client's list by its first tip, and keeps no conversation.
      const groupID = groupIDOf('AVChatRoom');
      await ann.call('createGroup', { type: 'AVChatRoom', name: 'show', groupID });
      await ann.call('joinGroup', { groupID });
      await bob.call('joinGroup', { groupID });
      const conversationID = `GROUP${groupID}`;
      await ann.until(
        () =>
          ann.heard.some(
            ({ event, data }) =>
              event === 'CONVERSATION_LIST_UPDATED' &&
              data.some((one: { conversationID: string }) => one.conversationID === conversationID),
          ),
        'the room in the list',
      );
      const made = await ann.call('createConversationGroup', {
        conversationIDList: [conversationID],
        groupName: 'shows',
      });
      expect(made.data.failureConversationIDList).toMatchObject([{ conversationID, code: 51_007 }]);
    });
  });
}
