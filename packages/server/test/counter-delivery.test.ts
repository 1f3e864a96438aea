import { LIMITS } from '@muster/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CounterDelivery } from '../src/delivery/counter-delivery.ts';
import { Flusher } from '../src/delivery/flusher.ts';
import { Outbox, type Wire } from '../src/delivery/outbox.ts';

interface Heard {
  version: number;
  since: number;
  counters: { key: string; value: number }[];
}

class FakeWire implements Wire {
  bufferedAmount = 0;
  closedFor: string | undefined;
  readonly sent: string[] = [];
  send(data: string | Buffer): void {
    this.sent.push(String(data));
  }
  close(reason: string): void {
    this.closedFor = reason;
  }
  terminate(): void {
    this.closedFor = 'terminated';
  }
  heard(): Heard[] {
    return this.sent
      .flatMap((text) => JSON.parse(text) as Heard | Heard[])
      .filter((frame) => frame.version !== undefined);
  }
}

const TICK = 100;

describe('the delivery of counters', () => {
  const observer = { sent: () => undefined, conflated: () => undefined };
  let delivery: CounterDelivery;
  let flusher: Flusher;
  const now = (): number => Date.now();

  beforeEach(() => {
    vi.useFakeTimers();
    delivery = new CounterDelivery({ tickMs: TICK, now, observer });
    flusher = new Flusher();
  });
  afterEach(() => {
    delivery.stop();
    vi.useRealTimers();
  });

  function member(version = 0): { wire: FakeWire; outbox: Outbox } {
    const wire = new FakeWire();
    const outbox = new Outbox(wire, flusher, now);
    delivery.subscribe('g', outbox, version);
    return { wire, outbox };
  }

  it('[GC13] sends a change in a quiet group at once, and what follows at the end of the tick', async () => {
    const { wire } = member();
    delivery.publish('g', 'likes', 1, 1);
    await vi.advanceTimersByTimeAsync(5);
    expect(wire.heard().map(({ version }) => version)).toEqual([1]);
    for (let version = 2; version <= 50; version += 1) delivery.publish('g', 'likes', version, version);
    await vi.advanceTimersByTimeAsync(5);
    expect(wire.heard().length).toBe(1);
    await vi.advanceTimersByTimeAsync(TICK);
    expect(wire.heard().at(-1)).toMatchObject({
      since: 1,
      version: 50,
      counters: [{ key: 'likes', value: 50 }],
    });
    expect(wire.heard().length).toBe(2);
  });

  it('[GC13] sends at most one event per tick, and the last value always', async () => {
    const { wire } = member();
    for (let version = 1; version <= 1_000; version += 1) {
      delivery.publish('g', 'likes', version, version);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(2 * TICK);
    expect(wire.heard().length).toBeLessThanOrEqual(1_000 / TICK + 2);
    expect(wire.heard().at(-1)?.version).toBe(1_000);
  });

  it('[DL6] keeps values from a device that has not given its mark back, then sends the newest alone', async () => {
    const { wire, outbox } = member();
    let version = 0;
    const change = async (): Promise<void> => {
      version += 1;
      delivery.publish('g', 'likes', version, version);
      await vi.advanceTimersByTimeAsync(TICK);
    };
    while (!wire.sent.some((text) => text.includes('"mark":1'))) await change();
    const before = wire.heard().length;
    for (let more = 0; more < 20; more += 1) await change();
    expect(wire.heard().length).toBe(before);
    outbox.markAnswered(1);
    await vi.advanceTimersByTimeAsync(5);
    expect(wire.heard().length).toBe(before + 1);
    expect(wire.heard().at(-1)?.version).toBe(version);
  });

  it('[DL6] closes a device whose mark does not come back in time', async () => {
    const { wire, outbox } = member();
    for (let version = 1; wire.closedFor === undefined && version < 1_000; version += 1) {
      delivery.publish('g', 'likes', version, version);
      await vi.advanceTimersByTimeAsync(TICK);
      outbox.sweep();
    }
    expect(wire.closedFor).toBe('tooSlow');
    expect(LIMITS.markAnswer_ms_max.value).toBe(20_000);
  });

  it('[DL6] closes a device when more waits for it than the limit', async () => {
    const { wire, outbox } = member();
    wire.bufferedAmount = LIMITS.connectionQueue_bytes_max.value + 1;
    outbox.push({ pong: 1 });
    await vi.advanceTimersByTimeAsync(5);
    expect(wire.closedFor).toBe('tooSlow');
  });

  it('[GC14] tells a device that is behind every key it lacks, each with its newest value', async () => {
    const { wire: ahead } = member();
    delivery.publish('g', 'a', 1, 1);
    delivery.publish('g', 'b', 2, 2);
    delivery.publish('g', 'a', 3, 3);
    await vi.advanceTimersByTimeAsync(3 * TICK);
    const { wire: behind } = member(1);
    await vi.advanceTimersByTimeAsync(5);
    expect(behind.heard()).toEqual([
      expect.objectContaining({
        since: 1,
        version: 3,
        counters: [
          { key: 'a', value: 3, version: 3 },
          { key: 'b', value: 2, version: 2 },
        ],
      }),
    ]);
    expect(ahead.heard().at(-1)?.version).toBe(3);
  });

  it('[DL4] nothing of a group follows its end, not even what is due or on its way', async () => {
    const wires = Array.from({ length: 3 * LIMITS.fanOutSlice_connections.value }, () => member().wire);
    delivery.publish('g', 'likes', 1, 1);
    delivery.drop('g');
    await vi.advanceTimersByTimeAsync(2 * TICK);
    expect(wires.flatMap((wire) => wire.heard())).toEqual([]);

    const last = [...wires.map(() => member().wire)].at(-1);
    delivery.publish('g', 'likes', 2, 2);
    vi.advanceTimersToNextTimer();
    delivery.drop('g');
    await vi.advanceTimersByTimeAsync(2 * TICK);
    expect(last?.heard()).toEqual([]);
  });

  it('[SE1] remembers the last 100 deleted keys, and sends back who knows none of them', async () => {
    const { wire } = member();
    const most = LIMITS.deletedCounters_perGroup_max.value;
    for (let version = 1; version <= 3 * most; version += 1) {
      delivery.publish('g', `key ${version}`, undefined, version);
    }
    const [behind, ahead] = [member(1).wire, member(3 * most - 5).wire];
    await vi.advanceTimersByTimeAsync(2 * TICK);
    expect([wire.closedFor, behind.closedFor, ahead.closedFor]).toEqual(['tooSlow', 'tooSlow', undefined]);
    const frames = ahead.sent.map((text) => JSON.parse(text) as { deleted: unknown[] });
    expect(frames.map(({ deleted }) => deleted.length)).toEqual([5]);
    expect(delivery.open('g').rememberedKeys).toBe(most);
  });
});
