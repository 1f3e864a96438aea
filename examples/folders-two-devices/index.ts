/**
 * Ann has two devices. She sorts her conversations into conversation groups on one, and then on both at once; each
 * line says who did what, and what the other device shows a moment later, without asking.
 *
 *   npm run folders-two-devices
 *
 * It starts a server of its own, or takes the one of `muster exec -- npm run folders-two-devices`.
 */
import TencentCloudChat, { type ChatSDK } from '@muster/chat';
import { startMuster } from '@muster/server/testing';
import { signUserSig } from '@muster/tencent';

const { MUSTER_PROXY_SERVER, MUSTER_SDK_APP_ID, MUSTER_SECRET_KEY: secretKey = '' } = process.env;
const own = MUSTER_PROXY_SERVER === undefined ? await startMuster() : undefined;
const proxyServer = own?.proxyServer ?? MUSTER_PROXY_SERVER;
const SDKAppID = own?.SDKAppID ?? Number(MUSTER_SDK_APP_ID);
const { EVENT, TYPES } = TencentCloudChat;

async function logIn(userID: string, instance = userID): Promise<ChatSDK> {
  const chat = TencentCloudChat.create({ SDKAppID, proxyServer, instance });
  chat.setLogLevel(4);
  const parts = { SDKAppID, secretKey, userID, expireSeconds: 3_600, now: Date.now() };
  await chat.login({ userID, userSig: own?.userSig(userID) ?? signUserSig(parts) });
  return chat;
}

/** The conversation groups as a device shows them: `Work (2): GROUPteam C2Cbob`, with the unread badge. */
async function shown(chat: ChatSDK): Promise<string> {
  const { data } = await chat.getConversationGroups();
  const words = data.map(({ groupName, unreadCount, conversationIDList }) =>
    `${groupName} (${unreadCount}): ${conversationIDList.join(' ')}`.trim(),
  );
  return words.join(' | ') || 'no conversation groups';
}

const ann = { phone: await logIn('ann', 'phone'), laptop: await logIn('ann', 'laptop') };
const bob = await logIn('bob');

/** Bob says something, and both of Ann's devices hear it. */
async function say(to: string, conversationType: string, text: string): Promise<void> {
  const heard = [ann.phone, ann.laptop].map(
    (chat) => new Promise((hear) => chat.once(EVENT.MESSAGE_RECEIVED, hear)),
  );
  await bob.sendMessage(bob.createTextMessage({ to, conversationType, payload: { text } } as never));
  await Promise.all(heard);
}

/** Waits until both devices show the same, and says what. */
async function tell(what: string): Promise<void> {
  let [phone, laptop] = ['', ' '];
  for (const end = Date.now() + 5_000; phone !== laptop && Date.now() < end; ) {
    [phone, laptop] = await Promise.all([shown(ann.phone), shown(ann.laptop)]);
    if (phone !== laptop) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  console.log(`${what}\n  both devices: ${phone}`);
  if (phone !== laptop) throw new Error(`the laptop differs: ${laptop}`);
}

await ann.phone.createGroup({
  groupID: 'team',
  type: TYPES.GRP_PUBLIC,
  name: 'Team',
  joinOption: 'FreeAccess',
});
await bob.joinGroup({ groupID: 'team' });
await say('ann', TYPES.CONV_C2C, 'Lunch?');
await tell('Bob has written, and there is a group');

let heard = 0;
ann.laptop.on(EVENT.CONVERSATION_GROUP_LIST_UPDATED, () => {
  heard += 1;
});
await ann.phone.createConversationGroup({ groupName: 'Work', conversationIDList: ['GROUPteam', 'C2Cbob'] });
await tell('On the phone Ann makes the conversation group Work');

await say('team', TYPES.CONV_GROUP, 'The build is green');
await tell('Bob writes to the group');

await ann.laptop.setMessageRead({ conversationID: 'C2Cbob' });
await tell('On the laptop Ann reads what Bob wrote to her');

await Promise.all([
  ann.phone.renameConversationGroup({ oldName: 'Work', newName: 'Project' }),
  ann.laptop.deleteConversationsFromGroup({ groupName: 'Work', conversationIDList: ['C2Cbob'] }),
]);
await tell('At once she renames Work on the phone and takes Bob out of it on the laptop');

await ann.phone
  .quitGroup('team')
  .catch(({ code }) => console.log(`Ann owns the group and may not quit it: ${code}`));
await ann.phone.dismissGroup('team');
await tell('Ann dismisses the group');

await ann.laptop.deleteConversationGroup('Project');
await tell('On the laptop she deletes Project');
console.log(`the laptop heard of ${heard} changes of its conversation groups`);

await Promise.all([ann.phone, ann.laptop, bob].map((chat) => chat.destroy()));
await own?.close();
