import { fillLookups, runBatch } from '../operations/batch.ts';
import type { GroupCounters } from '../operations/group-fold.ts';
import type { CounterOutcome, CounterRequest, GroupCounterStorage } from '../port.ts';
import type { MemoryState } from './state.ts';
import { turn } from './turn.ts';

export function memoryGroupCounters(state: MemoryState): GroupCounterStorage {
  return {
    update: (requests) => turn(() => update(state, requests)),
    read: (groupID, userID, isAdministrator) =>
      turn(() => {
        const actor = { userID, isAdministrator, role: state.role(groupID, userID) };
        return { ...countersOf(state, groupID), actor };
      }),
  };
}

function countersOf(state: MemoryState, groupID: string): GroupCounters {
  const group = state.groups.get(groupID);
  if (!group) return { group: undefined, counters: new Map(), deleted: new Map(), version: 0 };
  return { group: group.record, ...group.counters, version: group.record.countersVersion };
}

function update(state: MemoryState, requests: readonly CounterRequest[]): CounterOutcome[] {
  const result = runBatch(requests, {
    group: (groupID) => countersOf(state, groupID),
    role: (groupID, userID) => state.role(groupID, userID),
    window: (device) => state.devices.get(device)?.window,
    app: (userID, operationID) => state.apps.get(userID)?.get(operationID),
  });
  fillLookups(result, (device, seq) => state.devices.get(device)?.bodies.get(seq));
  for (const [groupID, { after }] of result.groups) {
    const group = state.groups.get(groupID);
    if (!group) continue;
    group.counters = { counters: after.counters, deleted: after.deleted };
    group.record = { ...group.record, countersVersion: after.version };
  }
  for (const [device, window] of result.windows) {
    const row = state.devices.get(device);
    if (row) row.window = window;
  }
  for (const { device, seq, body } of result.bodies) state.devices.get(device)?.bodies.set(seq, body);
  for (const { device, seq } of result.droppedBodies) state.devices.get(device)?.bodies.delete(seq);
  for (const app of result.apps) state.keepApp(app);
  return result.outcomes;
}
