/**
 * Faults on request, between the server and its storage: where a commit is durable and its answer is not yet on its
 * way, an app's own tests can cut the connection, let the commit fail, or let it take its time.
 */
import type {
  ConversationRequest,
  CounterRequest,
  GroupRequest,
  Operation,
  Outcome,
  Storage,
} from '@muster/storage';
import type { App } from '../app.ts';
import { deviceOfOperationID } from '../doors/tencent/operation-id.ts';

export interface Faults {
  /** Cuts the connection of the next `times` writes after their commit and before their answer. */
  cutAfterCommit(times: number): void;
  /** Cuts the connection of each write after its commit with this probability, from 0 to 1. */
  cutAfterCommitAtRandom(probability: number, random: () => number): void;
  /** Makes the next `times` writes fail before they are committed. */
  failBeforeCommit(times: number): void;
  /** Makes the next `times` writes fail after they were committed: their outcome is unknown to the server. */
  failAfterCommit(times: number): void;
  /** Lets every write wait before its commit, in milliseconds; 0 ends it. */
  delayCommits(milliseconds: number): void;
  /** Cuts every connection there is. */
  cutConnections(): void;
  /** How many connections were cut after a commit so far. */
  readonly cuts: number;
}

export interface FaultInjector {
  controls: Faults;
  decorate(storage: Storage): Storage;
  attach(app: App): void;
}

interface FaultState {
  app: App | undefined;
  cutTimes: number;
  cutProbability: number;
  random: () => number;
  failBefore: number;
  failAfter: number;
  delayMs: number;
  cuts: number;
}

export function createFaults(): FaultInjector {
  const state: FaultState = {
    app: undefined,
    cutTimes: 0,
    cutProbability: 0,
    random: () => 1,
    failBefore: 0,
    failAfter: 0,
    delayMs: 0,
    cuts: 0,
  };
  return {
    controls: controlsOf(state),
    decorate: (storage) => faulty(storage, state),
    attach: (app) => {
      state.app = app;
    },
  };
}

function controlsOf(state: FaultState): Faults {
  return {
    cutAfterCommit: (times) => {
      state.cutTimes = times;
    },
    cutAfterCommitAtRandom: (probability, random) => {
      state.cutProbability = probability;
      state.random = random;
    },
    failBeforeCommit: (times) => {
      state.failBefore = times;
    },
    failAfterCommit: (times) => {
      state.failAfter = times;
    },
    delayCommits: (milliseconds) => {
      state.delayMs = milliseconds;
    },
    cutConnections: () => {
      for (const session of [...(state.app?.sessions.all() ?? [])]) session.outbox.cut();
    },
    get cuts() {
      return state.cuts;
    },
  };
}

function faulty(storage: Storage, state: FaultState): Storage {
  const counters = storage.groupCounters;
  const { conversations, groups, users } = storage;
  return {
    ...storage,
    epoch: storage.epoch,
    check: () => storage.check(),
    maintain: (now) => storage.maintain(now),
    close: () => storage.close(),
    groupCounters: {
      read: (...args) => counters.read(...args),
      update: (requests) => around(state, operationsOf(requests), () => counters.update(requests)),
    },
    groups: {
      read: (...args) => groups.read(...args),
      readWithAttributes: (...args) => groups.readWithAttributes(...args),
      joined: (userID) => groups.joined(userID),
      members: (...args) => groups.members(...args),
      applications: (userID) => groups.applications(userID),
      roomDevices: (of) => groups.roomDevices(of),
      update: <Reply>(request: GroupRequest<Reply>): Promise<Outcome<Reply>> =>
        around(state, operationsOf([request]), () => groups.update(request)),
    },
    conversations: {
      mirror: (userID) => conversations.mirror(userID),
      read: (...args) => conversations.read(...args),
      messages: (page) => conversations.messages(page),
      update: <Reply>(request: ConversationRequest<Reply>): Promise<Outcome<Reply>> =>
        around(state, operationsOf([request]), () => conversations.update(request)),
    },
    users: {
      read: (userIDs) => users.read(userIDs),
      signaturesFrom: (userID) => users.signaturesFrom(userID),
      update: (request) => around(state, operationsOf([request]), () => users.update(request)),
    },
  };
}

function operationsOf(
  requests: readonly (Pick<CounterRequest, 'operation'> | { operation?: Operation })[],
): Operation[] {
  return requests.flatMap(({ operation }) => operation ?? []);
}

async function around<Result>(
  state: FaultState,
  operations: Operation[],
  commit: () => Promise<Result>,
): Promise<Result> {
  if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
  if (state.failBefore > 0) {
    state.failBefore -= 1;
    throw new Error('injected: the commit failed');
  }
  const result = await commit();
  for (const operation of operations) {
    const device = deviceOf(operation);
    if (device !== undefined && wantsCut(state)) cut(state, device);
  }
  if (state.failAfter > 0) {
    state.failAfter -= 1;
    throw new Error('injected: the outcome of the commit is unknown');
  }
  return result;
}

function deviceOf({ device, app }: Operation): number | undefined {
  return device?.device ?? (app && deviceOfOperationID(app.operationID));
}

function wantsCut(state: FaultState): boolean {
  if (state.cutTimes > 0) {
    state.cutTimes -= 1;
    return true;
  }
  return state.cutProbability > 0 && state.random() < state.cutProbability;
}

function cut(state: FaultState, device: number): void {
  const session = state.app?.sessions.ofDevice(device);
  if (!session) return;
  state.cuts += 1;
  session.outbox.cut();
}
