/**
 * Combining: requests for counters that wait while a commit runs go together into the next one.
 *
 * A hot counter costs one row and one commit per batch instead of one per increase. Each request still has its own
 * decision, its own record and its own outcome. Commands that are not combined pass through, but those of a device
 * keep their place among its counter writes.
 */
import type { Engine } from '../engine.ts';
import type { CounterOutcome, CounterRequest, Operation, Storage } from '../port.ts';
import { createDeviceOrder, type DeviceOrder } from './device-order.ts';
import { type Commit, Lanes } from './lanes.ts';
import { Ticket } from './ticket.ts';

/** Commits that run at a time on an engine that commits per scope: as many as it has connections for writing. */
export const COMMITS_AT_ONCE = 4;

export interface CombineOptions {
  onCommit?(commit: Commit): void;
  commitsAtOnce?: number;
}

export interface CombinedStorage extends Storage {
  /** Requests that wait for a commit to begin. */
  queued(): number;
}

export function combine(engine: Engine, options: CombineOptions = {}): CombinedStorage {
  const order = createDeviceOrder();
  const lanes = new Lanes({
    engine,
    commitsAtOnce: engine.commits === 'one-at-a-time' ? 1 : (options.commitsAtOnce ?? COMMITS_AT_ONCE),
    onCommit: (commit) => options.onCommit?.(commit),
    onSettled: ({ device }) => {
      if (device !== undefined) order.leave(device);
    },
  });
  const inOrder = orderedBy(order);
  const { users, groups, groupCounters, conversations } = engine;
  return {
    epoch: engine.epoch,
    devices: engine.devices,
    log: engine.log,
    users: {
      read: (userIDs) => users.read(userIDs),
      signaturesFrom: (userID) => users.signaturesFrom(userID),
      update: (request) => inOrder(request.operation, () => users.update(request)),
    },
    groups: {
      read: (groupID, userIDs, devices) => groups.read(groupID, userIDs, devices),
      readWithAttributes: (groupID, userIDs, devices) => groups.readWithAttributes(groupID, userIDs, devices),
      joined: (userID) => groups.joined(userID),
      members: (groupID, page) => groups.members(groupID, page),
      applications: (userID) => groups.applications(userID),
      roomDevices: (of) => groups.roomDevices(of),
      update: (request) => inOrder(request.operation, () => groups.update(request)),
    },
    groupCounters: {
      read: (groupID, userID, isAdministrator) => groupCounters.read(groupID, userID, isAdministrator),
      update: (requests) => together(requests.map((request) => submit(lanes, order, request))),
    },
    conversations: {
      mirror: (userID) => conversations.mirror(userID),
      read: (userID, conversationIDs) => conversations.read(userID, conversationIDs),
      messages: (page) => conversations.messages(page),
      update: (request) => inOrder(request.operation, () => conversations.update(request)),
    },
    check: () => engine.check(),
    maintain: (now) => engine.maintain(now),
    queued: () => lanes.queued,
    close: async () => {
      await order.idle();
      await lanes.drained();
      await engine.close();
    },
  };
}

function submit(lanes: Lanes, order: DeviceOrder, request: CounterRequest): Promise<CounterOutcome> {
  return new Promise((resolve, reject) => {
    const ticket = new Ticket(request, resolve, reject);
    if (ticket.device === undefined) lanes.push(ticket);
    else order.enter(ticket.device, lanes.nameOf(ticket.groupID), () => lanes.push(ticket));
  });
}

/** Waits for all, also when one of them is rejected, so that nothing of a call is under way after its answer. */
async function together(outcomes: readonly Promise<CounterOutcome>[]): Promise<CounterOutcome[]> {
  const [only] = outcomes;
  if (only && outcomes.length === 1) return [await only];
  const settled = await Promise.allSettled(outcomes);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

type InOrder = <Value>(operation: Operation | undefined, run: () => Promise<Value>) => Promise<Value>;

/** Runs what is not combined when its device's turn comes, in a lane of its own. */
function orderedBy(order: DeviceOrder): InOrder {
  return async (operation, run) => {
    const device = operation?.device?.device;
    if (device === undefined) return run();
    await new Promise<void>((resolve) => order.enter(device, {}, resolve));
    try {
      return await run();
    } finally {
      order.leave(device);
    }
  };
}
