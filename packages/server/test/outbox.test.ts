import { limit } from '@muster/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { Flusher } from '../src/delivery/flusher.ts';
import { shareFrame } from '../src/delivery/frame.ts';
import { Outbox, type Wire } from '../src/delivery/outbox.ts';

const QUEUE = limit('connectionQueue_bytes_max');

/** A wire whose other end reads nothing. */
class StuckWire implements Wire {
  bufferedAmount = 0;
  readonly closedFor: string[] = [];
  send(data: string | Buffer): void {
    this.bufferedAmount += data.length;
  }
  close(reason: string): void {
    this.closedFor.push(reason);
  }
  terminate(): void {
    this.closedFor.push('terminated');
  }
}

describe('the outbox', () => {
  let wire: StuckWire;
  let outbox: Outbox;
  let time: number;

  beforeEach(() => {
    time = 1_000_000;
    wire = new StuckWire();
    outbox = new Outbox(wire, new Flusher(), () => time);
  });

  it('[DL6] ends a device that is far behind for the reason it is given, once', () => {
    outbox.pushText('x'.repeat(2 * QUEUE));
    outbox.close('kickedOut');
    expect(wire.closedFor).toEqual(['kickedOut']);
  });

  it('[US4] lets the state that a login answers through, however large, and nothing more', () => {
    outbox.letThrough(true);
    for (const times of [1, 3]) {
      outbox.pushText('x'.repeat(times * QUEUE));
      outbox.flush();
    }
    outbox.letThrough(false);
    time += limit('connectionBlocked_ms_max') + 1_000;
    outbox.sweep();
    expect(wire.closedFor).toEqual([]);
    outbox.pushText('x'.repeat(QUEUE + 1));
    outbox.flush();
    expect(wire.closedFor).toEqual(['tooSlow']);
  });

  it('[DL6] waits for a login to be read no longer than for a mark', () => {
    outbox.letThrough(true);
    outbox.pushText('x'.repeat(2 * QUEUE));
    outbox.letThrough(false);
    outbox.flush();
    time += limit('markAnswer_ms_max') + 1;
    outbox.sweep();
    expect(wire.closedFor).toEqual(['tooSlow']);
  });

  it('[DL6] asks for a mark again and again, and closes when one does not come back while events go on', () => {
    const frame = shareFrame({ event: 'log', scope: 'user:ann', seq: 1, events: [] });
    outbox.pushShared({ ...frame, bytes: Buffer.alloc(limit('mark_bytes')) });
    outbox.flush();
    wire.bufferedAmount = 0;
    for (let second = 0; second < 25; second += 1) {
      time += 1_000;
      outbox.pushShared({ ...frame, bytes: Buffer.alloc(100) });
      outbox.flush();
      wire.bufferedAmount = 0;
      outbox.sweep();
      if (second < 19) expect(wire.closedFor).toEqual([]);
    }
    expect(wire.closedFor).toEqual(['tooSlow']);
  });
});
