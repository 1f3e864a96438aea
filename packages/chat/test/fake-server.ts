/** A server that says what the test tells it to, over sockets without a network and in virtual time. */
import type {
  ConversationGroup,
  ConversationView,
  GroupView,
  LoginInput,
  LoginOutput,
  Profile,
  RequestFrame,
  ServerFrame,
} from '@muster/protocol';
import {
  type FarEnd,
  type SocketSource,
  socketPairs,
  type VirtualClock,
  virtualClock,
} from '@muster/testkit';
import { createChat } from '../src/chat.ts';
import type { ChatSettings } from '../src/core.ts';
import type { Surroundings } from '../src/surroundings.ts';
import type { ChatSDK } from '../src/types/index.ts';

export interface FakeServer {
  clock: VirtualClock;
  sockets: SocketSource;
  around: Surroundings;
  /** The requests that came, without logins, pings and marks. */
  requests: RequestFrame[];
  logins: LoginInput[];
  pings: number[];
  marks: number[];
  /** What the next logins are answered. A refusal when it has a `code`. */
  login: Partial<LoginOutput> & {
    groups?: GroupView[];
    conversations?: ConversationView[];
    conversationGroups?: ConversationGroup[];
    error?: { code: number; name: string; retryable?: boolean };
  };
  /** Frames that go before the answer of a login. */
  beforeLogin: ServerFrame[];
  /** Answers requests at once; without one they wait for `answer`. */
  onRequest: ((request: RequestFrame) => unknown) | undefined;
  /** Silent from now on: a ping gets no pong. */
  isDeaf: boolean;
  chat(settings?: Partial<ChatSettings>): ChatSDK;
  socket(): FarEnd;
  send(...frames: ServerFrame[]): void;
  answer(request: RequestFrame, output: unknown): void;
  refuse(request: RequestFrame, code: number, name: string, retryable?: boolean): void;
  /** The browser says that its network changed. */
  networkChanges(): void;
  /** Logs in as alice and lets everything settle. */
  ready(chat: ChatSDK): Promise<void>;
}

export const PROFILE: Profile = {
  userID: 'alice',
  nick: '',
  avatar: '',
  gender: 'Gender_Type_Unknown',
  birthday: 0,
  location: '',
  selfSignature: '',
  allowType: 'AllowType_Type_AllowAny',
  language: 0,
  messageSettings: 0,
  adminForbidType: 'AdminForbid_Type_None',
  level: 0,
  role: 0,
  profileCustomField: [],
};

export function groupView(groupID: string, more: Partial<GroupView> = {}): GroupView {
  return {
    profile: {
      groupID,
      type: 'Meeting',
      name: groupID,
      avatar: '',
      introduction: '',
      notification: '',
      ownerID: 'alice',
      joinOption: 'FreeAccess',
      inviteOption: 'DisableApply',
      isSupportTopic: false,
      memberCount: 1,
      maxMemberCount: 6_000,
      muteAllMembers: false,
      groupCustomField: [],
      createTime: 1,
      nextMessageSeq: 1,
    },
    selfInfo: { userID: 'alice', role: 'Member', joinTime: 1, nameCard: '', muteUntil: 0 },
    seq: 0,
    countersVersion: 0,
    ...more,
  };
}

/** Alice's conversation with somebody, or with a group, that nothing was said in. */
export function conversationView(
  conversationID: string,
  more: Partial<ConversationView> = {},
): ConversationView {
  const isGroup = conversationID.startsWith('GROUP');
  const nothing = { sequence: 0, counted: 0, own: 0 };
  return {
    state: {
      conversationID,
      isPinned: false,
      messageRemindType: 'AcceptAndNotify',
      markList: [],
      customData: '',
      read: nothing,
      hiddenThrough: isGroup ? -1 : 0,
      clearedThrough: 0,
    },
    tally: nothing,
    appearedAt: 1_000,
    lastMessage: null,
    mentions: [],
    peer: isGroup
      ? null
      : { profile: { ...PROFILE, userID: conversationID.slice(3) }, readSequence: 0, readTime: 0 },
    ...more,
  };
}

export function fakeServer(random = () => 0.5): FakeServer {
  const clock = virtualClock();
  let onNetwork = () => {};
  const sockets = socketPairs((end, text) => receive(server, end, text));
  const around: Surroundings = {
    openSocket: (url, listener) => sockets.open(url, listener),
    now: clock.now,
    random,
    after: clock.after,
    soon: (run) => queueMicrotask(run),
    watchNetwork(changed) {
      onNetwork = changed;
      return () => {
        onNetwork = () => {};
      };
    },
  };
  const server: FakeServer = {
    clock,
    sockets,
    around,
    requests: [],
    logins: [],
    pings: [],
    marks: [],
    beforeLogin: [],
    login: {},
    onRequest: undefined,
    isDeaf: false,
    chat: (settings = {}) => {
      const chat = createChat(
        {
          SDKAppID: 1,
          url: 'ws://fake/ws',
          counterValues: undefined,
          unlimitedAVChatRoom: false,
          onDestroy() {},
          ...settings,
        },
        around,
      );
      chat.setLogLevel(4);
      return chat;
    },
    socket: () => sockets.ends.at(-1) as FarEnd,
    send: (...frames) => server.socket().send(JSON.stringify(frames.length === 1 ? frames[0] : frames)),
    answer: (request, output) => server.send({ id: request.id, output }),
    refuse: (request, code, name, retryable = false) =>
      server.send({ id: request.id, error: { code, name: name as never, message: name, retryable } }),
    networkChanges: () => onNetwork(),
    async ready(chat) {
      const login = chat.login({ userID: 'alice', userSig: 'sig' });
      await clock.advance(0);
      await login;
      await clock.advance(1);
    },
  };
  return server;
}

function receive(server: FakeServer, end: FarEnd, text: string): void {
  const message = JSON.parse(text);
  for (const frame of Array.isArray(message) ? message : [message]) {
    if ('mark' in frame) server.marks.push(frame.mark);
    else if ('ping' in frame) {
      server.pings.push(frame.ping);
      if (!server.isDeaf) end.send(JSON.stringify({ pong: frame.ping }));
    } else if (frame.command === 'login') receiveLogin(server, end, frame);
    else {
      server.requests.push(frame);
      const output = server.onRequest?.(frame);
      if (output !== undefined) end.send(JSON.stringify({ id: frame.id, output }));
    }
  }
}

function receiveLogin(server: FakeServer, end: FarEnd, frame: RequestFrame): void {
  const input = frame.input as LoginInput;
  server.logins.push(input);
  if (server.isDeaf) return;
  const { error, groups = [], conversations = [], conversationGroups = [], ...more } = server.login;
  if (error) {
    const refusal = { message: error.name, retryable: false, ...error };
    end.send(JSON.stringify({ id: frame.id, error: refusal }));
    return;
  }
  const isBack = input.device !== undefined;
  const output: LoginOutput = {
    device: 7,
    sessionKey: 'key',
    serverTime: server.clock.now(),
    epoch: 'e',
    seq: 0,
    snapshot: isBack ? null : { profile: PROFILE, groups, conversations, conversationGroups },
    calls: null,
    resumed: isBack,
    ...more,
  };
  end.send(JSON.stringify([...server.beforeLogin, { id: frame.id, output }]));
}
