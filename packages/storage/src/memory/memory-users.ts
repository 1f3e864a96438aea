import { emptyProfile, type UserChanges, type UserRecord } from '@muster/domain';
import { scopeOwner, userScope } from '@muster/protocol';
import { emptyWindow } from '../operations/window.ts';
import type { DeviceLogin, DeviceStorage, Outcome, UserRequest, UserStorage } from '../port.ts';
import type { MemoryState } from './state.ts';
import { turn } from './turn.ts';

export function memoryUsers(state: MemoryState): UserStorage {
  return {
    update: (request) => turn(() => state.once(request.operation, request.now, () => update(state, request))),
    read: (userIDs) => turn(() => read(state, userIDs)),
    signaturesFrom: (userID) => turn(() => signaturesFrom(state, userID)),
  };
}

export function memoryDevices(state: MemoryState): DeviceStorage {
  return {
    login: (request) => turn(() => login(state, request)),
    owner: (device) => turn(() => state.devices.get(device)?.window.userID),
    logout: (device) => turn(() => state.forget(device)),
    seen: (devices, now) =>
      turn(() => {
        for (const device of devices) {
          const row = state.devices.get(device);
          if (row) row.seenAt = Math.max(row.seenAt, now);
        }
      }),
  };
}

export function userOf(state: MemoryState, userID: string): UserRecord | undefined {
  const user = state.users.get(userID);
  return user && { ...user, seq: state.seq(userScope(userID)) };
}

function read(state: MemoryState, userIDs: readonly string[]): Map<string, UserRecord> {
  const users = new Map<string, UserRecord>();
  for (const userID of userIDs) {
    const user = userOf(state, userID);
    if (user) users.set(userID, user);
  }
  return users;
}

function update<Reply>(state: MemoryState, { userID, decide }: UserRequest<Reply>): Outcome<Reply> {
  const decision = decide(userOf(state, userID));
  if (!decision.ok) return decision;
  const group = decision.events.find(({ scope }) => scopeOwner(scope).kind === 'group');
  if (group) throw new Error(`A change that does not lock ${group.scope} tells it something.`);
  change(state, userID, decision.changes);
  return { ok: true, reply: decision.reply, repeated: false, events: state.tell(decision.events) };
}

function signaturesFrom(state: MemoryState, userID: string): number {
  return state.users.get(userID)?.signaturesFrom ?? state.formerUsers.get(userID) ?? 0;
}

/** One who is not known yet, or no longer. */
function newUser(state: MemoryState, userID: string) {
  return { userID, profile: emptyProfile(userID), signaturesFrom: signaturesFrom(state, userID) };
}

function change(state: MemoryState, userID: string, changes: UserChanges): void {
  const { profile, signaturesFrom, deleted } = changes;
  const before = state.users.get(userID) ?? newUser(state, userID);
  if (profile) state.users.set(userID, { ...before, profile: structuredClone(profile) });
  if (signaturesFrom === undefined) return;
  state.users.set(userID, { ...before, ...state.users.get(userID), signaturesFrom });
  for (const [device, { window }] of state.devices) if (window.userID === userID) state.forget(device);
  if (!deleted) return;
  state.formerUsers.set(userID, signaturesFrom);
  state.users.delete(userID);
  state.emptyLog(userScope(userID));
}

function login(
  state: MemoryState,
  { userID, device, now }: { userID: string; device?: number; now: number },
): DeviceLogin {
  if (!state.users.has(userID)) {
    state.users.set(userID, newUser(state, userID));
  }
  const known = device === undefined ? undefined : state.devices.get(device);
  if (device !== undefined && known?.window.userID === userID) {
    const session = known.window.session + 1;
    known.window = { ...known.window, session };
    known.seenAt = now;
    return { device, session, resumed: true, since: known.since };
  }
  const number = state.newDevice();
  const window = emptyWindow(userID, 1);
  state.devices.set(number, { window, since: now, seenAt: now, bodies: new Map() });
  return { device: number, session: 1, resumed: false, since: now };
}
