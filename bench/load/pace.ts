/** How requests are offered: as soon as an answer is there, or at the times at which real devices would ask. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CountingDevice } from './device.ts';

const PUMP_MS = 1;
const SETTLE_MS_MAX = 15_000;
const SETTLE_POLL_MS = 5;

/** Something that offers requests until it is stopped. */
export interface Pace {
  stop(): void;
}

export interface ClosedLoop {
  inFlight: number;
  /** Whether requests that become due together are one message. */
  joins: boolean;
}

/** Every device always has so many requests in flight. */
export function closedLoop(devices: readonly CountingDevice[], { inFlight, joins }: ClosedLoop): Pace {
  const now = performance.now();
  for (const device of devices) {
    device.isLooping = true;
    device.joins = joins;
    device.increase(inFlight, now);
  }
  return {
    stop: () => {
      for (const device of devices) device.isLooping = false;
    },
  };
}

/**
 * Every device asks at a steady rate, all of them evenly spread, whether or not answers come. A latency counts from
 * the time at which the request was due, so that a server that stalls cannot hide it.
 */
export function openLoop(devices: readonly Pick<CountingDevice, 'increase'>[], callsPerSecond: number): Pace {
  const gap = 1_000 / (callsPerSecond * devices.length);
  const begin = performance.now();
  let sent = 0;
  let timer: NodeJS.Timeout;
  const pump = (): void => {
    const now = performance.now();
    for (let due = begin + sent * gap; due <= now; due = begin + sent * gap) {
      devices[sent % devices.length]?.increase(1, due);
      sent += 1;
    }
    timer = setTimeout(pump, PUMP_MS);
  };
  pump();
  return { stop: () => clearTimeout(timer) };
}

/** Resolves when every request has its answer. */
export function answered(devices: readonly CountingDevice[]): Promise<void> {
  return until(() => devices.every((device) => device.isIdle), 'some requests were never answered');
}

/** Resolves when every device has heard the value by an event. */
export function allHeard(devices: readonly CountingDevice[], value: number): Promise<void> {
  return until(
    () => devices.every(({ heard }) => heard === value),
    () => {
      const others = devices.filter(({ heard }) => heard !== value);
      return `${others.length} listeners did not end on ${value}; the first on ${others[0]?.heard}`;
    },
  );
}

export async function until(
  holds: () => boolean,
  fault: string | (() => string),
  ms = SETTLE_MS_MAX,
): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(typeof fault === 'string' ? fault : fault());
    await sleep(SETTLE_POLL_MS);
  }
}
