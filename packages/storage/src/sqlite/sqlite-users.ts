import { emptyProfile, type UserChanges, type UserRecord } from '@muster/domain';
import { emptyWindow } from '../operations/window.ts';
import type { DeviceLogin, DeviceStorage, Outcome, UserRequest, UserStorage } from '../port.ts';
import { numberEvents, userSeqWrites, usersOf } from '../sql/group-writes.ts';
import { integer, profileParameters, registrationParameters, userOf } from '../sql/rows.ts';
import { META } from '../sql/schema.ts';
import { deletionWrites } from '../sql/user-writes.ts';
import type { ColdWrites } from './cold-writes.ts';
import type { Caches, Pending } from './pending.ts';
import type { Reader } from './reader.ts';

const SEEN_PER_JOB = 500;

export function sqliteUsers(reader: Reader, cold: ColdWrites): UserStorage {
  return {
    update: (request) => cold.run((pending) => update(pending, request)),
    read: async (userIDs) => {
      const users = new Map<string, UserRecord>();
      for (const userID of userIDs) {
        const row = reader.first('user', [userID]);
        const user = row && userOf(row);
        if (user) users.set(userID, user);
      }
      return users;
    },
    signaturesFrom: async (userID) => {
      const row = reader.first('user', [userID]);
      return row ? integer(row.signatures_from) : 0;
    },
  };
}

/** Gives out device numbers, each once. The last one is kept in the transaction that uses it. */
export class DeviceNumbers {
  private last: number;

  constructor(last: number) {
    this.last = last;
  }

  /** A number that a failed commit has used up is simply never given. */
  next(pending: Pending): number {
    this.last += 1;
    pending.writes.push(['putMeta', [META.lastDevice, String(this.last)]]);
    return this.last;
  }
}

export function sqliteDevices(caches: Caches, cold: ColdWrites, numbers: DeviceNumbers): DeviceStorage {
  return {
    login: (request) => cold.run((pending) => login(pending, numbers, request)),
    owner: async (device) => caches.windows.get(device)?.userID,
    logout: (device) => cold.run((pending) => forgetDevice(pending, device)),
    seen: async (devices, now) => {
      const jobs: Promise<void>[] = [];
      for (let from = 0; from < devices.length; from += SEEN_PER_JOB) {
        const some = devices.slice(from, from + SEEN_PER_JOB);
        jobs.push(
          cold.run(
            ({ writes }) => void writes.push(...some.map((device) => ['seen', [now, device]] as const)),
          ),
        );
      }
      await Promise.all(jobs);
    },
  };
}

/** Forgets a device with its operations and its places. Gives the rooms it was in. */
export function forgetDevice(pending: Pending, device: number): string[] {
  const window = pending.window(device);
  if (!window) return [];
  const rooms = pending.groups.roomsOf(device);
  for (const { groupID, room } of rooms) {
    pending.groups.leave(groupID, device);
    pending.writes.push(['revoke', [groupID]]);
    pending.afterwards(() => pending.caches.groups.left(groupID, room.userID));
  }
  pending.putWindow(device, null);
  pending.writes.push(
    ['deleteDevice', [device]],
    ['deleteAnswersOfDevice', [device]],
    ['deleteRoomsOfDevice', [device]],
  );
  return rooms.map(({ groupID }) => groupID);
}

function update<Reply>(pending: Pending, request: UserRequest<Reply>): Outcome<Reply> {
  const { userID, now, decide } = request;
  return pending.once(
    request,
    () => decide(pending.user(userID).record),
    ({ changes, events }) => {
      const users = usersOf(events);
      const seqs = pending.seqs(users);
      const numbered = numberEvents(events, seqs, now);
      change(pending, userID, changes);
      pending.raise(users, seqs);
      pending.writes.push(...numbered.writes, ...userSeqWrites(events, seqs));
      return numbered.events;
    },
  );
}

function change(pending: Pending, userID: string, changes: UserChanges): void {
  const { profile, signaturesFrom, deleted } = changes;
  if (profile) {
    const { record, seq } = pending.user(userID);
    pending.putUser(userID, { userID, profile, seq, signaturesFrom: record?.signaturesFrom ?? 0 }, seq);
    pending.writes.push(['putProfile', profileParameters(userID, profile)]);
  }
  const { record, seq } = pending.user(userID);
  if (signaturesFrom === undefined || !record) return;
  for (const device of pending.devicesOf(userID)) forgetDevice(pending, device);
  pending.putUser(userID, { ...record, signaturesFrom }, seq);
  pending.writes.push(['setSignaturesFrom', [signaturesFrom, userID]]);
  if (!deleted) return;
  pending.putUser(userID, undefined, seq);
  pending.writes.push(...deletionWrites(userID, seq));
}

function login(
  pending: Pending,
  numbers: DeviceNumbers,
  { userID, device, now }: { userID: string; device?: number; now: number },
): DeviceLogin {
  register(pending, userID);
  const window = device === undefined ? undefined : pending.window(device);
  if (device !== undefined && window?.userID === userID) {
    const session = window.session + 1;
    pending.putWindow(device, { ...window, session });
    pending.writes.push(['startSession', [session, now, device]]);
    return { device, session, resumed: true, since: pending.since(device) };
  }
  const number = numbers.next(pending);
  pending.putWindow(number, emptyWindow(userID, 1));
  pending.putSince(number, now);
  pending.writes.push(['insertDevice', [number, userID, 1, 0, Buffer.alloc(0), now, now]]);
  return { device: number, session: 1, resumed: false, since: now };
}

function register(pending: Pending, userID: string): void {
  const { record, seq } = pending.user(userID);
  if (record) return;
  pending.putUser(userID, { userID, profile: emptyProfile(userID), seq, signaturesFrom: 0 }, seq);
  pending.writes.push(['registerUser', registrationParameters(userID)]);
}
