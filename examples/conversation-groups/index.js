// biome-ignore-all format: the samples stand here word for word
// biome-ignore-all lint: the samples stand here word for word
/*
 * Every sample of the guide "Conversation Group" of Tencent Cloud Chat, word for word save two stray commas, run
 * against Muster. What stands at the beginning of a line inside a block is the guide's; what is indented is ours: it
 * waits for the sample's promise, and sees to the conversation groups that the sample takes for granted.
 *
 *   npm run conversation-groups
 *
 * It starts a server of its own, or takes the one whose address `muster exec -- npm run conversation-groups` hands
 * over.
 */
import TencentCloudChat from '@muster/chat';
import { startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';

const { MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY: secretKey } = process.env;
const own = MUSTER_PROXY_SERVER === undefined ? await startMuster() : undefined;
const proxyServer = own?.proxyServer ?? MUSTER_PROXY_SERVER;
const SDKAppID = own?.SDKAppID ?? Number(MUSTER_SDK_APP_ID);

async function logIn(userID, instance) {
  const chat = TencentCloudChat.create({ SDKAppID, proxyServer, instance });
  const parts = { SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() };
  await chat.login({ userID, userSig: own?.userSig(userID) ?? signUserSig(parts) });
  return chat;
}

// The samples are the user's on his first device; the guide calls the SDK `tim` as well as `chat`.
const chat = await logIn('user', 'first device');
const tim = chat;
const names = (conversationList) => conversationList.map(({ conversationID }) => conversationID).join(' ');

// The two conversations that the samples name: with a group, and with somebody who has written.
await chat.createGroup({ groupID: 'test', type: TencentCloudChat.TYPES.GRP_WORK, name: 'A group' });
const example = await logIn('example', 'example');
const { TYPES } = TencentCloudChat;
await example.sendMessage(
  example.createTextMessage({ to: 'user', conversationType: TYPES.CONV_C2C, payload: { text: 'Hello' } }),
);

// The user's second device, which hears of every change.
const second = await logIn('user', 'second device');
second.on(TencentCloudChat.EVENT.CONVERSATION_GROUP_LIST_UPDATED, ({ data }) => {
  console.log(`the second device has ${data.join(' ') || 'none'}`);
});
second.on(TencentCloudChat.EVENT.CONVERSATION_IN_GROUP_UPDATED, ({ data: { groupName, conversationList } }) => {
  console.log(`the second device has in ${groupName}: ${names(conversationList)}`);
});

// What a sample takes for granted is there before it runs.
const assume = async (groupName) => {
  const { data } = await chat.getConversationGroupList();
  if (!data.includes(groupName)) await chat.createConversationGroup({ groupName, conversationIDList: [] });
};

// Creating a conversation group.
{
let promise = chat.createConversationGroup({
conversationIDList: ['GROUPtest', 'C2Cexample'],
groupName: 'Suppliers',
});
promise.then(function(imResponse) {
// Created the conversation group successfully
const { successConversationIDList, failureConversationIDList } = imResponse.data;
// successConversationIDList - List of IDs of the conversations that were created successfully
// Get the conversation list
const conversationList = chat.getConversationList(successConversationIDList);

// failureConversationIDList - List of IDs of the conversations that failed to be created
failureConversationIDList.forEach((item) => {
const { conversationID, code, message } = item;
});
}).catch(function(imError){
console.warn('createConversationGroup error:', imError);
});
  console.log((await promise).data);
}

// Deleting a conversation group.
{
let promise = tim.deleteConversationGroup('Suppliers');
promise.then(function() {
// Deleted successfully
}).catch(function(imError){
console.warn('deleteConversationGroup error:', imError);
});
  await promise;
}

// Renaming a conversation group.
{
  await assume('Suppliers_old');
let promise = chat.renameConversationGroup({
oldName: 'Suppliers_old',
newName: 'Suppliers_new'
});
promise.then(function(imResponse) {
// Renamed successfully
}).catch(function(imError){
console.warn('renameConversationGroup error:', imError);
});
  await promise;
}

// Getting the list of conversation groups.
{
let promise = chat.getConversationGroupList();
promise.then(function(imResponse) {
const groupNameList = imResponse.data; // Conversation group name list
});
  console.log((await promise).data);
}
{
  await chat.createConversationGroup({ groupName: 'Suppliers', conversationIDList: ['C2Cexample'] });
// Obtain all conversations in a specified conversation group
let promise = chat.getConversationList({ groupName: 'Suppliers' });
promise.then(function(imResponse) {
const conversationList = imResponse.data.conversationList; // Conversation list
});
  console.log(names((await promise).data.conversationList));
}

// Adding a conversation to a group.
{
let promise = chat.addConversationsToGroup({
conversationIDList: ['GROUPtest', 'C2Cexample'],
groupName: 'Suppliers_new',
});
promise.then(function(imResponse) {
// Added the conversation to the group successfully
const { successConversationIDList, failureConversationIDList } = imResponse.data;
// successConversationIDList - List of IDs of the conversations that were created successfully
// Get the conversation list
const conversationList = chat.getConversationList(successConversationIDList);

// failureConversationIDList - List of IDs of the conversations that failed to be created
failureConversationIDList.forEach((item) => {
const { conversationID, code, message } = item;
});
}).catch(function(imError){
console.warn('addConversationsToGroup error:', imError);
});
  console.log((await promise).data);
}

// Deleting a conversation from a group.
{
let promise = chat.deleteConversationsFromGroup({
conversationIDList: ['GROUPtest', 'C2Cexample'],
groupName: 'Suppliers_new',
});
promise.then(function(imResponse) {
// Deleted the conversation from the group successfully
const { successConversationIDList, failureConversationIDList } = imResponse.data;
// successConversationIDList - List of IDs of the conversations that were created successfully
// Get the conversation list
const conversationList = chat.getConversationList(successConversationIDList);

// failureConversationIDList - List of IDs of the conversations that failed to be created
failureConversationIDList.forEach((item) => {
const { conversationID, code, message } = item;
});
}).catch(function(imError){
console.warn('deleteConversationsFromGroup error:', imError);
});
  console.log((await promise).data);
}

// Listening for the notification of a conversation group change.
{
let onConversationGroupListUpdated = function(event) {
console.log(event.data); // List of all conversation groups
}
chat.on(TencentCloudChat.EVENT.CONVERSATION_GROUP_LIST_UPDATED, onConversationGroupListUpdated);
  await assume('Customers');
}

// Listening for the notification of a conversation change in a conversation group.
{
let onConversationInGroupUpdated = function(event) {
const { groupName, conversationList } = event.data;
// groupName - Conversation group name
// conversationList - List of conversations in the group
}
chat.on(TencentCloudChat.EVENT.CONVERSATION_IN_GROUP_UPDATED, onConversationInGroupUpdated);
  await chat.addConversationsToGroup({ groupName: 'Customers', conversationIDList: ['C2Cexample'] });
}

// What is under way reaches the second device at once.
await new Promise((resolve) => setTimeout(resolve, 300));
await Promise.all([second, example, chat].map((each) => each.destroy()));
await own?.close();
