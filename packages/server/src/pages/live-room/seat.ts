/** One person in the room: a login, the counters as this device hears of them, and the taps. */
import MusterChat, { type ChatSDK } from '@muster/chat';
import { KEYS, type Key, type Panel } from './panel.ts';
import { type Outcome, Taps } from './taps.ts';
import { CODES, codeOf, endingInWords, inWords, wasNeverSent } from './words.ts';

const { EVENT, TYPES } = MusterChat;

export const ROOM = 'live-room';

const SPACING_MS = 250;

type Chat = ChatSDK<number | bigint>;

interface Login {
  SDKAppID: number;
  userID: string;
  userSig: string;
}

/** Logs the person in and brings him into the room. Gives what an app of one's own would pass to `create`. */
export async function takeSeat(
  panel: Panel,
  userID: string,
  onChange: () => void,
): Promise<number | undefined> {
  try {
    const login = await askForLogin(userID);
    const { SDKAppID } = login;
    const proxyServer = location.origin;
    const chat = MusterChat.create({ SDKAppID, proxyServer, instance: userID, counterValues: 'exact' });
    const taps = tapsOf(chat, panel);
    listen(chat, panel, { taps, onChange });
    await chat.login({ userID: login.userID, userSig: login.userSig });
    await enterRoom(chat, panel);
    panel.onTap((key) => taps.add(key));
    panel.open(true);
    onChange();
    return SDKAppID;
  } catch (error) {
    panel.showTrouble(inWords(error));
    return undefined;
  }
}

async function askForLogin(userID: string): Promise<Login> {
  const response = await fetch(`/dev/login?userID=${encodeURIComponent(userID)}`).catch(() => {
    throw new Error('The server does not answer. Is muster dev still running? Reload the page when it is.');
  });
  const answer = (await response.json()) as Login & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? `The server answers ${response.status}.`);
  return answer;
}

function listen(chat: Chat, panel: Panel, { taps, onChange }: { taps: Taps; onChange: () => void }): void {
  const show = (groupID: string, key: string, value: number | bigint): void => {
    const known = KEYS.find((each) => each === key);
    if (groupID !== ROOM || !known) return;
    panel.showValue(known, value);
    onChange();
  };
  chat.on(EVENT.GROUP_COUNTER_UPDATED, ({ data }) => show(data.groupID, data.key, data.value));
  chat.on(EVENT.GROUP_COUNTER_DELETED, ({ data }) => show(data.groupID, data.key, 0));
  chat.on(EVENT.NET_STATE_CHANGE, ({ data: { state } }) => {
    panel.showState(state);
    // Who was away for long has lost his place in an AVChatRoom, and takes it again (GR7).
    const isBack = state === TYPES.NET_STATE_CONNECTED && chat.isReady();
    if (isBack) enterRoom(chat, panel).catch((error) => panel.showTrouble(inWords(error)));
  });
  chat.on(EVENT.KICKED_OUT, ({ data: { type } }) => {
    taps.end();
    panel.open(false);
    panel.showState('ended');
    panel.showTrouble(endingInWords(panel.name, type));
  });
}

/** Whoever comes first makes the room. */
async function enterRoom(chat: Chat, panel: Panel): Promise<void> {
  try {
    await chat.joinGroup({ groupID: ROOM });
  } catch (error) {
    if (codeOf(error) !== CODES.GROUP_NOT_FOUND) throw error;
    await makeRoom(chat);
    await chat.joinGroup({ groupID: ROOM });
  }
  const { data } = await chat.getGroupCounters({ groupID: ROOM });
  for (const key of KEYS) panel.showValue(key, data.counters[key] ?? 0);
  panel.showTrouble('');
}

async function makeRoom(chat: Chat): Promise<void> {
  const options = { groupID: ROOM, type: TYPES.GRP_AVCHATROOM, name: 'Live room' };
  await chat.createGroup(options).catch((error) => {
    // The other one was faster.
    const isThere = [CODES.GROUP_ID_TAKEN, CODES.GROUP_ID_TAKEN_BY_YOU].some(
      (code) => code === codeOf(error),
    );
    if (!isThere) throw error;
  });
}

function tapsOf(chat: Chat, panel: Panel): Taps {
  const send = async (key: Key, value: number): Promise<Outcome> => {
    try {
      await chat.increaseGroupCounter({ groupID: ROOM, key, value });
      panel.showTrouble('');
      return 'counted';
    } catch (error) {
      if (wasNeverSent(error)) return 'again';
      panel.showTrouble(`${value} ${key} may not have been counted: ${inWords(error)}`);
      throw error;
    }
  };
  return new Taps({
    spacingMs: SPACING_MS,
    send: (key, count) => send(key as Key, count),
    onWaiting: (key, count) => panel.showWaiting(key as Key, count),
  });
}
