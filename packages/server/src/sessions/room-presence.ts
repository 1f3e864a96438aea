/**
 * Which devices are in which AVChatRooms (GR7), beside the stored rows: who is connected, and since when one is not.
 * A place outlives a drop and a restart, and ends 10 minutes after the device was last connected.
 */
import { limit } from '@muster/protocol';

const KEPT_MS = limit('roomPresence_kept_ms');

interface Presence {
  userID: string;
  groupIDs: Set<string>;
  /** When the connection was lost, in milliseconds; 0 while connected. */
  lostAt: number;
}

export class RoomPresence {
  private readonly devices = new Map<number, Presence>();
  private readonly rooms = new Map<string, Set<number>>();

  enter(groupID: string, device: number, userID: string, lostAt = 0): void {
    const presence = this.devices.get(device) ?? { userID, groupIDs: new Set<string>(), lostAt };
    presence.groupIDs.add(groupID);
    this.devices.set(device, presence);
    const room = this.rooms.get(groupID) ?? new Set<number>();
    room.add(device);
    this.rooms.set(groupID, room);
  }

  leave(groupID: string, device: number): void {
    const presence = this.devices.get(device);
    presence?.groupIDs.delete(groupID);
    if (presence?.groupIDs.size === 0) this.devices.delete(device);
    const room = this.rooms.get(groupID);
    room?.delete(device);
    if (room?.size === 0) this.rooms.delete(groupID);
  }

  /** Ends a room for all. */
  drop(groupID: string): void {
    for (const device of [...(this.rooms.get(groupID) ?? [])]) this.leave(groupID, device);
  }

  lost(device: number, now: number): void {
    const presence = this.devices.get(device);
    if (presence) presence.lostAt = now;
  }

  back(device: number): void {
    const presence = this.devices.get(device);
    if (presence) presence.lostAt = 0;
  }

  roomsOf(device: number): string[] {
    return [...(this.devices.get(device)?.groupIDs ?? [])];
  }

  /** A user's devices in the room, connected or not. */
  devicesOf(groupID: string, userID: string): number[] {
    const devices = [...(this.rooms.get(groupID) ?? [])];
    return devices.filter((device) => this.devices.get(device)?.userID === userID);
  }

  /** The users with a connected device in the room, in the order of their coming. */
  connectedUsers(groupID: string): string[] {
    const users = new Set<string>();
    for (const device of this.rooms.get(groupID) ?? []) {
      const presence = this.devices.get(device);
      if (presence?.lostAt === 0) users.add(presence.userID);
    }
    return [...users];
  }

  /** The devices whose time without a connection is over. */
  expired(now: number): { device: number; userID: string; groupIDs: string[] }[] {
    const over: { device: number; userID: string; groupIDs: string[] }[] = [];
    for (const [device, { userID, groupIDs, lostAt }] of this.devices) {
      if (lostAt > 0 && now - lostAt >= KEPT_MS) over.push({ device, userID, groupIDs: [...groupIDs] });
    }
    return over;
  }
}
