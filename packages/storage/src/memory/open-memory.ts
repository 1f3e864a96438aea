/** The oracle: a storage in plain maps, direct and obviously right. It keeps nothing after it is closed. */
import { randomUUID } from 'node:crypto';
import { LIMITS } from '@muster/protocol';
import type { Engine } from '../engine.ts';
import { isRemembered } from '../operations/app-operations.ts';
import type { LogStorage } from '../port.ts';
import { memoryConversations } from './memory-conversations.ts';
import { memoryGroupCounters } from './memory-group-counters.ts';
import { memoryGroups } from './memory-groups.ts';
import { memoryDevices, memoryUsers } from './memory-users.ts';
import { MemoryState } from './state.ts';
import { turn } from './turn.ts';

export function openMemory(): Engine {
  const state = new MemoryState();
  const epoch = randomUUID();
  return {
    epoch,
    commits: 'one-at-a-time',
    users: memoryUsers(state),
    devices: memoryDevices(state),
    groups: memoryGroups(state),
    groupCounters: memoryGroupCounters(state),
    conversations: memoryConversations(state),
    log: memoryLog(state, epoch),
    check: () => turn(() => undefined),
    maintain: (now) => turn(() => maintain(state, now)),
    close: () => turn(() => undefined),
  };
}

function memoryLog(state: MemoryState, epoch: string): LogStorage {
  return {
    read: (positions, count) =>
      turn(() =>
        positions.map(({ scope, position }) => ({
          events: position.epoch === epoch ? state.told(scope, position.seq, count) : undefined,
          seq: state.seq(scope),
        })),
      ),
  };
}

function maintain(state: MemoryState, now: number): void {
  for (const [device, { seenAt }] of state.devices) {
    if (seenAt < now - LIMITS.device_kept_ms.value) state.forget(device);
  }
  for (const records of state.apps.values()) {
    for (const [operationID, record] of records) if (!isRemembered(record, now)) records.delete(operationID);
  }
}
