import { groupScope, limit, type Message, type OnlineMessageFrame } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { Flusher } from '../src/delivery/flusher.ts';
import { LogDelivery } from '../src/delivery/log-delivery.ts';
import { Outbox } from '../src/delivery/outbox.ts';
import { PassingDelivery } from '../src/delivery/passing-delivery.ts';
import { PassingAnswers } from '../src/sessions/passing-answers.ts';

const SCOPE = groupScope('room');
const frame = (text: string): OnlineMessageFrame => ({
  event: 'onlineMessage',
  conversationID: 'GROUProom',
  message: { payload: { text } } as unknown as Message,
});

describe('the delivery of what is kept nowhere', () => {
  function room(size: number) {
    const log = new LogDelivery(Date.now, () => undefined);
    const flusher = new Flusher();
    const passing = new PassingDelivery(log, Date.now, () => undefined);
    const members = Array.from({ length: size }, () => {
      const texts: string[] = [];
      const wire = {
        send: (data: string | Buffer) => {
          for (const match of String(data).matchAll(/"text":"([^"]*)"/g)) texts.push(match[1] as string);
        },
        bufferedAmount: 0,
        close: () => undefined,
        terminate: () => undefined,
      };
      const outbox = new Outbox(wire, flusher, Date.now);
      return { texts, outbox, subscription: log.subscribe(SCOPE, outbox, 0) };
    });
    return { log, passing, members };
  }
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

  it('[MS2] what is said while a fan-out is under way reaches everybody after it, in one order', async () => {
    const { log, passing, members } = room(3 * limit('fanOutSlice_connections'));
    passing.toGroup('room', frame('1'));
    // Whoever leaves moves the others up: into a slice that was served before.
    for (const { subscription } of members.slice(0, 10))
      if (subscription) log.unsubscribe(SCOPE, subscription);
    passing.toGroup('room', frame('2'), members[20]?.outbox);
    passing.toGroup('room', frame('3'));
    await pause();
    for (const [index, { texts }] of members.entries()) {
      if (index >= 10) expect(texts).toEqual(index === 20 ? ['1', '3'] : ['1', '2', '3']);
    }
    passing.toGroup('room', frame('4'));
    await pause();
    expect(members.at(-1)?.texts).toEqual(['1', '2', '3', '4']);
  });

  it('[SE3] nothing reaches whoever left while it was on its way', async () => {
    const { log, passing, members } = room(2 * limit('fanOutSlice_connections'));
    passing.toGroup('room', frame('1'));
    const leaving = members.at(-1);
    if (leaving?.subscription) log.unsubscribe(SCOPE, leaving.subscription);
    await pause();
    expect(leaving?.texts).toEqual([]);
    expect(members.at(-2)?.texts).toEqual(['1']);
  });
});

describe('the answers of what is kept nowhere', () => {
  const output = { sequence: 0, timestamp: 1, nick: '', avatar: '', nameCard: '' };
  const operation = (seq: number) => ({ device: { device: 1, session: 1, seq, low: 1 }, hash: 1 });

  it('[DL2] one that is asked for while the first is under way waits for it', async () => {
    const answers = new PassingAnswers();
    let sent = 0;
    const send = async () => {
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      return { ok: true as const, output };
    };
    const both = await Promise.all([1, 1].map((seq) => answers.once(operation(seq), send)));
    expect(both).toMatchObject([{ ok: true }, { ok: true, repeated: true }]);
    expect(sent).toBe(1);
  });

  it('[SE1] the last 64 of a device are remembered', async () => {
    const answers = new PassingAnswers();
    const sent: number[] = [];
    const most = limit('operationsOpen_perDevice_max');
    for (let seq = 1; seq <= most + 1; seq += 1)
      await answers.once(operation(seq), async () => ({ ok: true, output }));
    for (const seq of [most + 1, 2, 1]) {
      await answers.once(operation(seq), async () => {
        sent.push(seq);
        return { ok: true, output };
      });
    }
    expect(sent).toEqual([1]);
  });

  it('[SE1] [DL2] what a device has confirmed is forgotten, and never sent again', async () => {
    const answers = new PassingAnswers();
    let sent = 0;
    const ask = (seq: number, low: number) =>
      answers.once({ device: { device: 1, session: 1, seq, low }, hash: 1 }, async () => {
        sent += 1;
        return { ok: true, output };
      });
    for (const [seq, low] of [
      [1, 1],
      [2, 1],
      [4, 3],
    ] as const)
      expect(await ask(seq, low)).toEqual({ ok: true, output });
    expect(await ask(2, 2)).toMatchObject({ ok: false, error: 'OPERATION_CONFIRMED' });
    expect(await ask(3, 3)).toEqual({ ok: true, output });
    expect(await ask(4, 3)).toMatchObject({ ok: true, repeated: true });
    expect(sent).toBe(4);
  });

  it('[DL2] what failed may be sent again', async () => {
    const answers = new PassingAnswers();
    const failing = answers.once(operation(1), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await answers.once(operation(1), async () => ({ ok: true, output }))).toEqual({
      ok: true,
      output,
    });
  });
});
