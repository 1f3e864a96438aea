import { groupScope, type LoggedEvent, limit } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { Flusher } from '../src/delivery/flusher.ts';
import { LogDelivery } from '../src/delivery/log-delivery.ts';
import { Outbox } from '../src/delivery/outbox.ts';

const SCOPE = groupScope('g');
const event = (name: string): LoggedEvent => ({ name: 'groupProfileUpdated', profile: { name } }) as never;

describe('the delivery of logged events', () => {
  it('[SE3] nothing of a group reaches whoever left it while an event was on its way', async () => {
    const delivery = new LogDelivery(Date.now, () => undefined);
    const flusher = new Flusher();
    const members = Array.from({ length: 2 * limit('fanOutSlice_connections') }, () => {
      const sent: string[] = [];
      const wire = {
        send: (data: string | Buffer) => void sent.push(String(data)),
        bufferedAmount: 0,
        close: () => undefined,
        terminate: () => undefined,
      };
      const subscription = delivery.subscribe(SCOPE, new Outbox(wire, flusher, Date.now), 0);
      return { sent, subscription };
    });
    delivery.publish(SCOPE, [{ scope: SCOPE, seq: 1, event: event('first') }]);
    const leaving = members.at(-1);
    if (leaving?.subscription) delivery.unsubscribe(SCOPE, leaving.subscription);
    delivery.publish(SCOPE, [{ scope: SCOPE, seq: 2, event: event('none of his business') }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(leaving?.sent).toEqual([]);
    expect(members.at(-2)?.sent.join()).toContain('none of his business');
  });
});
