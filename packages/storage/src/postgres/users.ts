import type { Outcome, UserRequest, UserStorage } from '../port.ts';
import { numberEvents, userSeqWrites } from '../sql/group-writes.ts';
import { profileParameters, userOf } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import { devicesOf } from './counter-state.ts';
import type { Connection } from './database.ts';
import { type DeviceParts, forgetDevices } from './devices.ts';
import { lockUserSeqs } from './groups.ts';
import { type Decided, once } from './once.ts';
import { LOCK_NAMES, USERS } from './own-statements.ts';

export function openUsers(parts: DeviceParts): UserStorage {
  return {
    update: (request) => update(parts, request),
    read: (userIDs) =>
      parts.database.read(async (connection) => {
        const rows = await connection.run(USERS, [userIDs]);
        return new Map(
          rows.flatMap((row) => {
            const user = userOf(row);
            return user ? [[user.userID, user] as const] : [];
          }),
        );
      }),
    kick: (userID, now) => kick(parts, userID, now),
  };
}

async function update<Reply>(parts: DeviceParts, request: UserRequest<Reply>): Promise<Outcome<Reply>> {
  const devices = devicesOf([request]);
  return parts.gate.run([`user:${request.userID}`, ...devices], async () => {
    try {
      return await parts.database.transaction((connection) =>
        once(connection, request, { decide: () => decide(connection, request) }),
      );
    } finally {
      parts.cache.forgetWindows(devices);
    }
  });
}

async function decide<Reply>(connection: Connection, request: UserRequest<Reply>): Promise<Decided<Reply>> {
  const { userID, now } = request;
  const [row] = await connection.lock('user', [userID]);
  // A user without a row is serialized by name, so that two first writes do not both begin his log.
  if (!row) await connection.run(LOCK_NAMES, [[`user:${userID}`]]);
  const decision = request.decide(row && userOf(row));
  if (!decision.ok) return decision;
  const { changes, events, reply } = decision;
  const seqs = await lockUserSeqs(connection, events);
  const numbered = numberEvents(events, seqs, now);
  const writes: Write[] = [];
  if (changes.profile) writes.push(['putProfile', profileParameters(userID, changes.profile)]);
  writes.push(...numbered.writes, ...userSeqWrites(events, seqs));
  return { ok: true, reply, events: numbered.events, writes };
}

async function kick(parts: DeviceParts, userID: string, now: number): Promise<boolean> {
  const { known, devices, rooms } = await parts.database.transaction(async (connection) => {
    const rows = await connection.read('devicesOfUser', [userID]);
    const devices = rows.map((row) => Number(row.device_no));
    const rooms = await forgetDevices(connection, devices);
    const [row] = await connection.lock('user', [userID]);
    const known = row !== undefined && userOf(row) !== undefined;
    if (known) await connection.write([['setSignaturesFrom', [now, userID]]]);
    return { known, devices, rooms };
  });
  parts.cache.forgetWindows(devices);
  for (const groupID of rooms) parts.cache.forgetGroup(groupID);
  return known;
}
