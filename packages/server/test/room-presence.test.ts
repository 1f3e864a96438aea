import { limit } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { RoomPresence } from '../src/sessions/room-presence.ts';

describe('presence in AVChatRooms', () => {
  it('[GR7] a user is there while one of his devices is connected', () => {
    const rooms = new RoomPresence();
    rooms.enter('room', 1, 'ann');
    rooms.enter('room', 2, 'ann');
    rooms.enter('room', 2, 'ann');
    rooms.enter('room', 3, 'bob');
    rooms.enter('room', 4, 'cid', 77);
    const seen: unknown[] = [];
    const look = (): void => void seen.push([rooms.connectedUsers('room'), rooms.connectedCount('room')]);
    look();
    rooms.lost(1, 100);
    rooms.lost(1, 101);
    look();
    rooms.leave('room', 2);
    rooms.leave('room', 2);
    look();
    rooms.back(1);
    rooms.back(1);
    rooms.back(4);
    look();
    rooms.drop('room');
    look();
    expect(seen).toEqual([
      [['ann', 'bob'], 2],
      [['ann', 'bob'], 2],
      [['bob'], 1],
      [['bob', 'ann', 'cid'], 3],
      [[], 0],
    ]);
    expect([rooms.roomsOf(1), rooms.devicesOf('room', 'ann')]).toEqual([[], []]);
  });

  it('[GR7] knows the devices of a user, and those that are away too long', () => {
    const rooms = new RoomPresence();
    rooms.enter('room', 1, 'ann');
    rooms.enter('other', 1, 'ann');
    rooms.enter('room', 2, 'ann');
    rooms.enter('room', 3, 'bob');
    rooms.lost(2, 1);
    rooms.lost(1, 1);
    rooms.back(1);
    expect(rooms.devicesOf('room', 'ann')).toEqual([1, 2]);
    expect(rooms.devicesOf('other', 'ann')).toEqual([1]);
    expect(rooms.expired(limit('roomPresence_kept_ms'))).toEqual([]);
    expect(rooms.expired(1 + limit('roomPresence_kept_ms'))).toEqual([
      { device: 2, userID: 'ann', groupIDs: ['room'] },
    ]);
  });

  it('[GR7] asks a full room no more than an empty one', () => {
    const rooms = new RoomPresence();
    for (let device = 1; device <= 100_000; device += 1) rooms.enter('room', device, `user ${device}`);
    const began = performance.now();
    for (let asked = 0; asked < 1_000; asked += 1) {
      rooms.connectedCount('room');
      rooms.devicesOf('room', `user ${asked}`);
    }
    expect(performance.now() - began).toBeLessThan(200);
  });
});
