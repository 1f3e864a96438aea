// biome-ignore-all format: the samples stand here word for word
// biome-ignore-all lint: the samples stand here word for word
/*
 * Every sample of the guide "Group Counter" of Tencent Cloud Chat, word for word, run against Muster. What stands at
 * the beginning of a line inside a block is the guide's; what is indented is ours: it waits for the sample's promise,
 * and sees to the values that the sample's comments assume.
 *
 *   npm run group-counters
 *
 * It starts a server of its own, or takes the one whose address `muster exec -- npm run group-counters` hands over.
 */
import TencentCloudChat from '@muster/chat';
import { startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';

const { MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY: secretKey } = process.env;
const own = MUSTER_PROXY_SERVER === undefined ? await startMuster() : undefined;
const proxyServer = own?.proxyServer ?? MUSTER_PROXY_SERVER;
const SDKAppID = own?.SDKAppID ?? Number(MUSTER_SDK_APP_ID);

async function logIn(userID) {
  const chat = TencentCloudChat.create({ SDKAppID, proxyServer, instance: userID });
  const parts = { SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() };
  await chat.login({ userID, userSig: own?.userSig(userID) ?? signUserSig(parts) });
  return chat;
}

// The samples are the host's of an audio-video group; the guide calls the SDK `tim` as well as `chat`.
const chat = await logIn('host');
const tim = chat;
await chat.createGroup({ groupID: 'group1', type: TencentCloudChat.TYPES.GRP_AVCHATROOM, name: 'A live room' });
await chat.joinGroup({ groupID: 'group1' });

// A viewer, who hears of every change.
const viewer = await logIn('viewer');
viewer.on(TencentCloudChat.EVENT.GROUP_COUNTER_UPDATED, ({ data: { key, value } }) => {
  console.log(`the viewer sees ${key} at ${value}`);
});
await viewer.joinGroup({ groupID: 'group1' });

const assume = (counters) => chat.setGroupCounters({ groupID: 'group1', counters });

// Setting group counters.
{
// Set the values of counters `key1` and `key2` to 0.
let promise = tim.setGroupCounters({
groupID: 'group1',
counters: { key1: 0, key2: 0 }
});
promise.then(function(imResponse) { // Set successfully.
console.log(imResponse.data.counters); // Group attributes set successfully.
}).catch(function(imError) { // Setting failed.
console.warn('setGroupCounters error:', imError); // Error information.
});
  await promise;
}

// Increasing the value of a group counter.
{
  await assume({ key1: 8 });
// Assume that the value of counter `key1` is 8.
// After you call the `increaseGroupCounter` API to pass in an increment value of 2
// the value of `key1` becomes 10.
let promise = chat.increaseGroupCounter({
groupID: 'group1',
key: 'key1',
value: 2,
});
promise.then(function(imResponse) { // Group counter increased successfully.
console.log(imResponse.data);
const { groupID, key, value } = imResponse.data;
}).catch(function(imError) { // Failed to increase the group counter.
console.warn('increaseGroupCounter error:', imError);
});
  await promise;
}

// Decreasing the value of a group counter.
{
  await assume({ key1: 8 });
// Assume that the value of counter `key1` is 8.
// After you call the `decreaseGroupCounter` API to pass in a decrement value of 2
// the value of `key1` becomes 6.
let promise = chat.decreaseGroupCounter({
groupID: 'group1',
key: 'key1',
value: 2
});
promise.then(function(imResponse) { // Group counter decreased successfully.
console.log(imResponse.data);
const { groupID, key, value } = imResponse.data;
}).catch(function(imError) { // Setting failed.
console.warn('decreaseGroupCounter error:', imError);
});
  await promise;
}

// Getting group counters.
{
// Get the values of counters `key1` and `key2`.
let promise = chat.getGroupCounters({
groupID: 'group1',
keyList: ['key1', 'key2']
});
promise.then(function(imResponse) { // Got successfully.
console.log(imResponse.data.counters);
}).catch(function(imError){
console.warn('getGroupCounters error:', imError); // Error information.
});
  await promise;
}
{
// Get the values of all counters in a group.
let promise = chat.getGroupCounters({
groupID: 'group1'
});
promise.then(function(imResponse) { // Got successfully.
console.log(imResponse.data.counters);
}).catch(function(imError){
console.warn('getGroupCounters error:', imError); // Error information.
});
  await promise;
}

// Group counter change notifications.
{
let onGroupCounterUpdated = function(event) {
const { groupID, key, value } = event.data;
// groupID - Group ID.
// key - Group counter key.
// value - Value of the group counter key.
};
chat.on(TencentCloudChat.EVENT.GROUP_COUNTER_UPDATED, onGroupCounterUpdated);
  await chat.increaseGroupCounter({ groupID: 'group1', key: 'key2', value: 1 });
}

// What is under way reaches the viewer within a tick.
await new Promise((resolve) => setTimeout(resolve, 300));
await Promise.all([viewer.destroy(), chat.destroy()]);
await own?.close();
