import { packWindow } from '../operations/packing.ts';
import { emptyWindow } from '../operations/window.ts';
import type { DeviceLogin, DeviceStorage } from '../port.ts';
import { deviceOf, integer, registrationParameters } from '../sql/rows.ts';
import { META } from '../sql/schema.ts';
import type { Write } from '../sql/statements.ts';
import type { CounterCache } from './counter-cache.ts';
import type { Connection, Database } from './database.ts';
import type { Gate } from './gate.ts';
import {
  LOCK_DEVICES,
  NEXT_DEVICE,
  RESUME_DEVICE,
  ROOMS_OF_DEVICES,
  SEEN_DEVICES,
} from './own-statements.ts';

export interface DeviceParts {
  database: Database;
  cache: CounterCache;
  gate: Gate;
}

interface LoginRequest {
  userID: string;
  device?: number;
  now: number;
}

export function openDevices(parts: DeviceParts): DeviceStorage {
  const { database, cache } = parts;
  return {
    login: async (request) => (await resume(parts, request)) ?? (await begin(parts, request)),
    owner: (device) =>
      database.read(async (connection) => {
        const [row] = await connection.read('device', [device]);
        return row?.user_id as string | undefined;
      }),
    logout: async (device) => {
      const rooms = await database.transaction((connection) => forgetDevices(connection, [device]));
      cache.forgetWindows([device]);
      for (const groupID of rooms) cache.forgetGroup(groupID);
      return rooms;
    },
    seen: async (devices, now) => {
      if (devices.length > 0)
        await database.direct((connection) => connection.run(SEEN_DEVICES, [now, devices]));
    },
  };
}

/** Starts the next session of a known device: from then on its older connection, on any server, writes nothing. */
async function resume(
  parts: DeviceParts,
  { userID, device, now }: LoginRequest,
): Promise<DeviceLogin | undefined> {
  if (device === undefined) return undefined;
  return parts.gate.run([device], async () => {
    const [row] = await parts.database.direct((connection) =>
      connection.run(RESUME_DEVICE, [now, device, userID]),
    );
    if (!row) return undefined;
    const { window, since } = deviceOf(row);
    parts.cache.rememberWindows([[device, window]]);
    return { device, session: window.session, resumed: true, since };
  });
}

async function begin({ database, cache }: DeviceParts, { userID, now }: LoginRequest): Promise<DeviceLogin> {
  const window = emptyWindow(userID, 1);
  const device = await database.transaction(async (connection) => {
    await connection.write([['registerUser', registrationParameters(userID)]]);
    const [row] = await connection.run(NEXT_DEVICE, [META.lastDevice]);
    if (!row) throw new Error('The database has lost the number of its last device.');
    const number = integer(row.value);
    const { session, floor } = window;
    await connection.write([
      ['insertDevice', [number, userID, session, floor, packWindow(window), now, now]],
    ]);
    return number;
  });
  cache.rememberWindows([[device, window]]);
  return { device, session: window.session, resumed: false, since: now };
}

/** Deletes devices with their operations and places. Gives the living rooms they were in. */
export async function forgetDevices(connection: Connection, devices: readonly number[]): Promise<string[]> {
  if (devices.length === 0) return [];
  const rooms = await revokeRooms(connection, devices);
  await connection.run(LOCK_DEVICES, [devices]);
  // One may have joined a room while its row was waited for. From here on none can.
  rooms.push(...(await revokeRooms(connection, devices, rooms)));
  await connection.write(
    devices.flatMap((device): Write[] => [
      ['deleteRoomsOfDevice', [device]],
      ['deleteAnswersOfDevice', [device]],
      ['deleteDevice', [device]],
    ]),
  );
  return rooms;
}

/** Ends what is remembered of rights in the living rooms of devices, save those that were seen to. Gives the rooms. */
async function revokeRooms(
  connection: Connection,
  devices: readonly number[],
  done: readonly string[] = [],
): Promise<string[]> {
  const rows = await connection.run(ROOMS_OF_DEVICES, [devices]);
  const living = rows.filter((row) => row.living).map((row) => row.group_id as string);
  const rooms = living.filter((groupID) => !done.includes(groupID));
  await connection.write(rooms.map((groupID): Write => ['revoke', [groupID]]));
  return rooms;
}
