/** The reader's conversation groups, one for each year, kept from two devices by turns. */
import type { ChatSDK } from '@muster/chat';

export interface Folders {
  /** Puts a group's conversation into the conversation group of a year. */
  file(year: string, groupID: string): Promise<void>;
}

export function foldersOf(devices: readonly ChatSDK[]): Folders {
  const made = new Map<string, Promise<unknown>>();
  let turns = 0;
  return {
    async file(year, groupID) {
      const device = devices[turns % devices.length] as ChatSDK;
      turns += 1;
      const options = { groupName: year, conversationIDList: [`GROUP${groupID}`] };
      const isMade = made.get(year);
      if (!isMade) {
        const making = device.createConversationGroup(options);
        made.set(year, making);
        await making;
        return;
      }
      await isMade;
      const { data } = await device.addConversationsToGroup(options);
      if (data.failureConversationIDList.length > 0)
        throw new Error(
          `${groupID} could not be put into ${year}: ${data.failureConversationIDList[0]?.message}`,
        );
    },
  };
}
