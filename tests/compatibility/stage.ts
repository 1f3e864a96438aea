/** Where the probes of the SDKs are carried out: the people there, and what they often do first. */
import assert from 'node:assert/strict';
import type { Muster } from '@muster/server/testing';
import { restOK } from '../rest/rest-client.ts';
import { Original } from '../tencent/original.ts';
import { Ours } from './ours.ts';

export type Person = Ours | Original;

export interface Stage {
  /** Two users of the SDK that is looked at, logged in and ready, the same for all probes. */
  me: Person;
  other: Person;
  /** A user whom no other probe knows, with our SDK. */
  stranger(): Promise<Person>;
  /** An instance of the SDK that is looked at, for a user whom no other probe knows, not logged in. */
  fresh(): Promise<Person>;
  /** Calls a REST command. */
  rest(command: string, body: object | string): Promise<unknown>;
  /** Cuts the connections of a user. */
  cutConnections(userID: string): void;
}

export interface Stages {
  ours: Stage;
  original: Stage;
  /** Everybody who was there. */
  people: { ours: Person[]; original: Person[] };
  end(): void;
}

export async function openStages(server: Muster): Promise<Stages> {
  const people = { ours: [] as Person[], original: [] as Person[] };
  let users = 0;
  const userID = (): string => {
    users += 1;
    return `user${users}`;
  };
  const stageOf = async (kind: 'ours' | 'original'): Promise<Stage> => {
    const add = <One extends Person>(one: One): One => {
      people[kind].push(one);
      return one;
    };
    const fresh = async (): Promise<Person> =>
      add(kind === 'ours' ? new Ours(userID(), server) : await Original.create(userID(), server));
    const ready = async (): Promise<Person> => {
      const one = await fresh();
      await one.login();
      await one.hears('SDK_READY');
      return one;
    };
    const [me, other] = await Promise.all([ready(), ready()]);
    return {
      me,
      other,
      fresh,
      stranger: async () => {
        const one = await Ours.login(userID(), server);
        people.ours.push(one);
        return one;
      },
      rest: (command, body) => restOK(server, command, body),
      cutConnections: (whose) => {
        for (const { outbox } of [...server.server().app.sessions.ofUser(whose)]) outbox.cut();
      },
    };
  };
  return {
    ours: await stageOf('ours'),
    original: await stageOf('original'),
    people,
    end: () => {
      for (const one of [...people.ours, ...people.original]) one.end();
    },
  };
}

let groups = 0;

/** A groupID that no other probe has. */
export function newGroupID(type = 'Public'): string {
  groups += 1;
  return type === 'Community' ? `@TGS#_c${groups}` : `g${groups}`;
}

/** A group of a type that `me` owns and `other` is in. */
export async function groupOf({ me, other }: Stage, type = 'Public', more: object = {}): Promise<string> {
  const groupID = newGroupID(type);
  const joinOption = type === 'Public' ? { joinOption: 'FreeAccess' } : {};
  await me.call('createGroup', { type, name: 'team', groupID, ...joinOption, ...more });
  if (type === 'AVChatRoom') await me.call('joinGroup', { groupID });
  if (type !== 'Private') await other.call('joinGroup', { groupID });
  else {
    await me.call('addGroupMember', { groupID, userIDList: [other.userID] });
    await other.hears('GROUP_LIST_UPDATED', (list) => list.some(isOf({ groupID })));
  }
  return groupID;
}

/** Whether something has these properties. */
export function isOf(wanted: Record<string, unknown>): (one: Record<string, unknown>) => boolean {
  return (one) => Object.entries(wanted).every(([key, value]) => one[key] === value);
}

export interface Said {
  ID: string;
  from: string;
  sequence: number;
  payload: { text?: string };
}

const to = (chat: { groupID?: string; userID?: string }): object =>
  chat.groupID === undefined
    ? { to: chat.userID, conversationType: 'C2C' }
    : { to: chat.groupID, conversationType: 'GROUP' };

/** A text to a group or to a user; `text` is a new one unless it is given. */
export async function say(
  one: Person,
  chat: { groupID?: string; userID?: string },
  text: string = newText(),
  more: object = {},
): Promise<Said> {
  const options = { ...to(chat), payload: { text }, ...more };
  return (await one.call('send', 'createTextMessage', options)).data.message;
}

let texts = 0;

export function newText(): string {
  texts += 1;
  return `text ${texts}`;
}

/** Resolves with a message of this text when it is heard. */
export async function hearsText(one: Person, text: string): Promise<Said> {
  const isIt = ({ payload }: Said): boolean => payload.text === text;
  const messages: Said[] = await one.hears('MESSAGE_RECEIVED', (data: Said[]) => data.some(isIt));
  return messages.find(isIt) as Said;
}

/** A message of a stranger that `me` has, and its conversation. */
export async function withStranger({ me, stranger }: Stage): Promise<{
  friend: Person;
  conversationID: string;
  message: Said;
}> {
  const friend = await stranger();
  const text = newText();
  await say(friend, { userID: me.userID }, text);
  const message = await hearsText(me, text);
  const conversationID = `C2C${friend.userID}`;
  await eventually(async () => assert.ok(await conversationOf(me, conversationID)));
  return { friend, conversationID, message };
}

// biome-ignore lint/suspicious/noExplicitAny: conversations of both SDKs
export async function conversationOf(one: Person, conversationID: string): Promise<any> {
  return (await one.call('getConversationList', [conversationID])).data.conversationList[0];
}

const PATIENCE_MS = 8_000;
const PAUSE_MS = 50;

/** Tries until it no longer throws. */
export async function eventually<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > end) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Throws unless `actual` has what is `wanted`, at any depth. */
export function has(actual: unknown, wanted: object): void {
  assert.partialDeepStrictEqual(actual, wanted);
}

/** The code that a call is refused with; none when it is not. */
export async function codeOf(called: Promise<unknown>): Promise<number | undefined> {
  return called.then(
    () => undefined,
    (cause: { code?: number }) => cause.code,
  );
}
