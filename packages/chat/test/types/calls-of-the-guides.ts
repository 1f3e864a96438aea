/** Every call of the guides on group counters and on conversation groups: they have to compile. Nobody runs them. */
import TencentCloudChat from '../../src/index.ts';

const chat = TencentCloudChat.create({ SDKAppID: 0, proxyServer: 'ws://127.0.0.1:8080' });

export function groupCounters(): void {
  const set = chat.setGroupCounters({ groupID: 'group1', counters: { key1: 0, key2: 0 } });
  set
    .then((imResponse) => console.log(imResponse.data.counters))
    .catch((imError) => console.warn('setGroupCounters error:', imError));
  const increase = chat.increaseGroupCounter({ groupID: 'group1', key: 'key1', value: 2 });
  increase
    .then((imResponse) => {
      const { groupID, key, value } = imResponse.data;
      console.log(groupID, key, value);
    })
    .catch((imError) => console.warn('increaseGroupCounter error:', imError));
  const decrease = chat.decreaseGroupCounter({ groupID: 'group1', key: 'key1', value: 2 });
  decrease.then((imResponse) => {
    const { groupID, key, value } = imResponse.data;
    console.log(groupID, key, value);
  });
  chat.getGroupCounters({ groupID: 'group1' }).then((imResponse) => console.log(imResponse.data.counters));
  chat.getGroupCounters({ groupID: 'group1', keyList: ['key1', 'key2'] });
  chat.getGroupCounter({ groupID: 'group1', keyList: ['key1', 'key2'] });
  const onGroupCounterUpdated = (event: { data: { groupID: string; key: string; value: number } }) => {
    const { groupID, key, value } = event.data;
    console.log(groupID, key, value);
  };
  chat.on(TencentCloudChat.EVENT.GROUP_COUNTER_UPDATED, onGroupCounterUpdated);
}

const CONVERSATIONS = { conversationIDList: ['GROUPtest', 'C2Cexample'] };

export function conversationGroups(): void {
  const promise = chat.createConversationGroup({ ...CONVERSATIONS, groupName: 'Suppliers' });
  promise.then((imResponse) => {
    const { successConversationIDList, failureConversationIDList } = imResponse.data;
    const conversationList = chat.getConversationList(successConversationIDList);
    failureConversationIDList.forEach((item) => {
      const { conversationID, code, message } = item;
      console.log(conversationList, conversationID, code, message);
    });
  });
  chat.deleteConversationGroup('Suppliers').then(() => {});
  chat.renameConversationGroup({ oldName: 'Suppliers_old', newName: 'Suppliers_new' }).then((imResponse) => {
    console.log(imResponse.data);
  });
  chat.getConversationGroupList().then((imResponse) => {
    const groupNameList = imResponse.data;
    console.log(groupNameList.length);
  });
  chat.getConversationList({ groupName: 'Suppliers' }).then((imResponse) => {
    const conversationList = imResponse.data.conversationList;
    console.log(conversationList.length);
  });
  for (const change of [
    chat.addConversationsToGroup({ ...CONVERSATIONS, groupName: 'Suppliers_new' }),
    chat.deleteConversationsFromGroup({ ...CONVERSATIONS, groupName: 'Suppliers_new' }),
  ]) {
    change.then(({ data }) =>
      data.successConversationIDList.concat(data.failureConversationIDList[0]?.message ?? ''),
    );
  }
  chat.on(TencentCloudChat.EVENT.CONVERSATION_GROUP_LIST_UPDATED, (event) => {
    console.log(event.data.join());
  });
  chat.on(TencentCloudChat.EVENT.CONVERSATION_IN_GROUP_UPDATED, (event) => {
    const { groupName, conversationList } = event.data;
    console.log(groupName, conversationList.length);
  });
}
