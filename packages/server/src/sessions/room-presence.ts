/**
 * Which devices are in which AVChatRooms (GR7), beside the stored rows: who is connected, and since when one is not.
 * A place outlives a drop and a restart, and ends 10 minutes after the device was last connected.
 *
 * Everybody may ask a room how many are there and enter it, so neither costs more in a room of many.
 */
import { limit } from '@muster/protocol';

const KEPT_MS = limit('roomPresence_kept_ms');

interface Presence {
  userID: string;
  groupIDs: Set<string>;
  /** When the connection was lost, in milliseconds; 0 while connected. */
  lostAt: number;
}

interface Room {
  /** The devices of each user, connected or not. */
  devices: Map<string, Set<number>>;
  /** How many connected devices each user has; who has none is not among them. */
  connected: Map<string, number>;
}

export class RoomPresence {
  private readonly devices = new Map<number, Presence>();
  private readonly rooms = new Map<string, Room>();

  /** True when it is the user's first device there: he comes in. */
  enter(groupID: string, device: number, userID: string, lostAt = 0): boolean {
    const presence = this.devices.get(device) ?? { userID, groupIDs: new Set<string>(), lostAt };
    if (presence.groupIDs.has(groupID)) return false;
    presence.groupIDs.add(groupID);
    this.devices.set(device, presence);
    const room = this.rooms.get(groupID) ?? { devices: new Map(), connected: new Map() };
    this.rooms.set(groupID, room);
    const own = room.devices.get(userID) ?? new Set<number>();
    room.devices.set(userID, own.add(device));
    if (presence.lostAt === 0) count(room, userID, 1);
    return own.size === 1;
  }

  /** Gives the user when it was his last device there: he leaves. */
  leave(groupID: string, device: number): string | undefined {
    const presence = this.devices.get(device);
    const room = this.rooms.get(groupID);
    if (!room || !presence?.groupIDs.delete(groupID)) return undefined;
    if (presence.groupIDs.size === 0) this.devices.delete(device);
    const { userID, lostAt } = presence;
    if (lostAt === 0) count(room, userID, -1);
    const own = room.devices.get(userID);
    own?.delete(device);
    if (own?.size !== 0) return undefined;
    room.devices.delete(userID);
    if (room.devices.size === 0) this.rooms.delete(groupID);
    return userID;
  }

  /** Ends a room for all. */
  drop(groupID: string): void {
    const own = [...(this.rooms.get(groupID)?.devices.values() ?? [])];
    for (const device of own.flatMap((devices) => [...devices])) this.leave(groupID, device);
  }

  lost(device: number, now: number): void {
    const presence = this.devices.get(device);
    if (!presence) return;
    if (presence.lostAt === 0) this.countAll(presence, -1);
    presence.lostAt = now;
  }

  back(device: number): void {
    const presence = this.devices.get(device);
    if (!presence) return;
    if (presence.lostAt > 0) this.countAll(presence, 1);
    presence.lostAt = 0;
  }

  roomsOf(device: number): string[] {
    return [...(this.devices.get(device)?.groupIDs ?? [])];
  }

  /** A user's devices in the room, connected or not. */
  devicesOf(groupID: string, userID: string): number[] {
    return [...(this.rooms.get(groupID)?.devices.get(userID) ?? [])];
  }

  /** The users with a connected device in the room. */
  connectedUsers(groupID: string): string[] {
    return [...(this.rooms.get(groupID)?.connected.keys() ?? [])];
  }

  connectedCount(groupID: string): number {
    return this.rooms.get(groupID)?.connected.size ?? 0;
  }

  /** The devices whose time without a connection is over. */
  expired(now: number): { device: number; userID: string; groupIDs: string[] }[] {
    const over: { device: number; userID: string; groupIDs: string[] }[] = [];
    for (const [device, { userID, groupIDs, lostAt }] of this.devices) {
      if (lostAt > 0 && now - lostAt >= KEPT_MS) over.push({ device, userID, groupIDs: [...groupIDs] });
    }
    return over;
  }

  private countAll({ userID, groupIDs }: Presence, by: 1 | -1): void {
    for (const groupID of groupIDs) {
      const room = this.rooms.get(groupID);
      if (room) count(room, userID, by);
    }
  }
}

function count({ connected }: Room, userID: string, by: 1 | -1): void {
  const left = (connected.get(userID) ?? 0) + by;
  if (left > 0) connected.set(userID, left);
  else connected.delete(userID);
}
