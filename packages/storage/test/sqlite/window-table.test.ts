import { INT64_MIN } from '@muster/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DeviceWindow } from '../../src/operations/window.ts';
import { WindowTable } from '../../src/sqlite/window-table.ts';

const FAR = 2 ** 48 - 1;
const window: fc.Arbitrary<DeviceWindow> = fc
  .record({
    session: fc.integer({ min: 1, max: FAR }),
    floor: fc.integer({ min: 0, max: FAR }),
    hash: fc.integer({ min: 0, max: 0xffffffff }),
    count: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(64)),
    isLong: fc.boolean(),
  })
  .map(({ session, floor, hash, count, isLong }) => {
    const answers = Array.from({ length: count }, (_, at) => {
      const seq = floor + at;
      return isLong
        ? ({ seq, hash, kind: 'body', value: 0, version: 0 } as const)
        : ({ seq, hash, kind: 'counter', value: at % 2 ? INT64_MIN : -at - 1, version: floor } as const);
    });
    return {
      userID: `user-${hash % 7}`,
      session,
      floor,
      highest: count === 0 ? 0 : floor + count - 1,
      answers,
    };
  });

it('[GC3] is a map from devices to windows, whatever they hold', () => {
  const change = fc.record({ device: fc.integer({ min: 1, max: 12 }), window: fc.option(window) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const table = new WindowTable();
      const model = new Map<number, DeviceWindow>();
      for (const { device, window } of changes) {
        if (window) {
          table.set(device, window);
          model.set(device, window);
        } else {
          table.delete(device);
          model.delete(device);
        }
      }
      expect(table.size).toBe(model.size);
      for (let device = 1; device <= 12; device += 1) expect(table.get(device)).toEqual(model.get(device));
    }),
  );
});
