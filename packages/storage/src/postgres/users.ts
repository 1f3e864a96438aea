import type { Outcome, UserRequest, UserStorage } from '../port.ts';
import { numberEvents, userSeqWrites, usersOf } from '../sql/group-writes.ts';
import { integer, profileParameters, userOf } from '../sql/rows.ts';
import type { Write } from '../sql/statements.ts';
import { deletionWrites } from '../sql/user-writes.ts';
import { devicesOf } from './counter-state.ts';
import type { Connection } from './database.ts';
import { type DeviceParts, forgetDevices } from './devices.ts';
import { type Decided, once } from './once.ts';
import { USERS } from './own-statements.ts';
import { lockUsers, seqsOf } from './user-locks.ts';

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
    signaturesFrom: (userID) =>
      parts.database.read(async (connection) => {
        const [row] = await connection.read('user', [userID]);
        return row ? integer(row.signatures_from) : 0;
      }),
  };
}

async function update<Reply>(parts: DeviceParts, request: UserRequest<Reply>): Promise<Outcome<Reply>> {
  const devices = devicesOf([request]);
  return parts.gate.run([`user:${request.userID}`, ...devices], async () => {
    const ended: Ended = { devices: [], rooms: [] };
    try {
      return await parts.database.transaction((connection) =>
        once(connection, request, { decide: () => decide(connection, request, ended) }),
      );
    } finally {
      parts.cache.forgetWindows([...devices, ...ended.devices]);
      for (const groupID of ended.rooms) parts.cache.forgetGroup(groupID);
    }
  });
}

/** What the end of a user's logins took with it: nothing of it may be remembered. */
interface Ended {
  devices: number[];
  rooms: string[];
}

async function decide<Reply>(
  connection: Connection,
  request: UserRequest<Reply>,
  ended: Ended,
): Promise<Decided<Reply>> {
  const { userID, now } = request;
  const [row] = await lockUsers(connection, [userID]);
  const decision = request.decide(row && userOf(row));
  if (!decision.ok) return decision;
  const { changes, events, reply } = decision;
  const seqs = seqsOf(await lockUsers(connection, usersOf(events)));
  const numbered = numberEvents(events, seqs, now);
  const writes: Write[] = [];
  if (changes.profile) writes.push(['putProfile', profileParameters(userID, changes.profile)]);
  if (changes.signaturesFrom !== undefined) {
    Object.assign(ended, await endLogins(connection, userID));
    writes.push(['setSignaturesFrom', [changes.signaturesFrom, userID]]);
  }
  writes.push(...numbered.writes, ...userSeqWrites(events, seqs));
  if (changes.deleted) writes.push(...deletionWrites(userID, integer(row?.seq)));
  return { ok: true, reply, events: numbered.events, writes };
}

async function endLogins(connection: Connection, userID: string): Promise<Ended> {
  const rows = await connection.read('devicesOfUser', [userID]);
  const devices = rows.map((row) => Number(row.device_no));
  return { devices, rooms: await forgetDevices(connection, devices) };
}
