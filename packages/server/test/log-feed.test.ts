import { type LoggedEvent, limit } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { Flusher } from '../src/delivery/flusher.ts';
import { LogFeed } from '../src/delivery/log-feed.ts';
import { Outbox } from '../src/delivery/outbox.ts';

const event = (name: string): LoggedEvent => ({ name: 'groupProfileUpdated', profile: { name } }) as never;

function subscriber(sent: number) {
  const messages: string[] = [];
  const wire = {
    send: (data: string | Buffer) => void messages.push(String(data)),
    bufferedAmount: 0,
    close: () => undefined,
    terminate: () => undefined,
  };
  const outbox = new Outbox(wire, new Flusher(), Date.now);
  return { messages, subscription: { outbox, sent } };
}

describe('the events of a scope in memory', () => {
  it('[DL4] make frames of what a subscriber lacks, written once for all who lack the same', () => {
    const feed = new LogFeed('group:"g"');
    for (const seq of [1, 2, 3]) feed.append(seq, event(`é${seq}`), 0);
    const [first, second] = [subscriber(1), subscriber(1)];
    for (const { subscription } of [first, second]) {
      expect(feed.serve(subscription)).toBe(true);
      subscription.outbox.flush();
    }
    expect(JSON.parse(first.messages[0] ?? '')).toEqual({
      event: 'log',
      scope: 'group:"g"',
      seq: 2,
      events: [event('é2'), event('é3')],
    });
    expect(second.messages).toEqual(first.messages);
    expect(feed.eventsSince(2)).toEqual([event('é3')]);
  });

  it('[DL4] have their turn once, in order, whatever the order in which word of them arrives', () => {
    const feed = new LogFeed('group:g');
    const turns = [1, 3, 3, 1, 4, 2, 4, 5].map((seq) => feed.append(seq, event(`${seq}`), 0));
    const named = turns.map((taken) => taken.map((one) => Object(one).profile.name).join());
    expect(named).toEqual(['1', '', '', '', '', '2,3,4', '', '5']);
    expect(feed.gapSince).toBe(0);
  });

  it('[SE1] are bounded in number and in bytes; who is further behind must come back', () => {
    const many = new LogFeed('group:many');
    const most = limit('logRing_perScope_events');
    for (let seq = 1; seq <= most + 1; seq += 1) many.append(seq, event('x'), 0);
    expect(many.serve(subscriber(0).subscription)).toBe(false);
    expect(many.serve(subscriber(1).subscription)).toBe(true);

    const large = new LogFeed('group:large');
    const text = 'x'.repeat(limit('logRing_perScope_bytes_max') / 4);
    for (let seq = 1; seq <= 5; seq += 1) large.append(seq, event(text), 0);
    expect(large.serve(subscriber(1).subscription)).toBe(false);
    expect(large.serve(subscriber(2).subscription)).toBe(true);
  });

  it('[SE1] are forgotten once everybody was told, and not before', () => {
    const feed = new LogFeed('group:g');
    const { subscription } = subscriber(0);
    feed.subscriptions.add(subscription);
    feed.append(1, event('one'), 0);
    feed.forgetTold();
    expect(feed.eventsSince(0)).toEqual([event('one')]);
    feed.serve(subscription);
    feed.forgetTold();
    expect(feed.eventsSince(0)).toBeUndefined();
    feed.append(2, event('two'), 0);
    expect(feed.serve(subscription)).toBe(true);
    expect(subscription.sent).toBe(2);
  });
});
