/** What our own tests stand on. Nothing of the product imports it. */
export * from './faulty-storage.ts';
export * from './raw-device.ts';
export * from './seeded-random.ts';
export * from './socket-pair.ts';
export * from './virtual-clock.ts';
