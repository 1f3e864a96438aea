import { expect, it } from 'vitest';
import { createEvents } from '../src/events.ts';
import { createLog } from '../src/log.ts';

const silent = { ...createLog(), error: () => {} };

it('[DI3] calls handlers with their context and an event of name and data', () => {
  const events = createEvents(silent);
  const context = { heard: [] as unknown[] };
  events.on(
    'e',
    function (this: typeof context, event: object) {
      this.heard.push(event);
    },
    context,
  );
  events.raise('e', [1], { isSyncCompleted: true });
  expect(context.heard).toEqual([{ name: 'e', data: [1], isSyncCompleted: true }]);
});

it('[DI3] a handler that throws stops neither the others nor the caller, and is logged', () => {
  const logged: unknown[] = [];
  const events = createEvents({ ...silent, error: (...words) => logged.push(words) });
  const heard: string[] = [];
  events.on(
    'e',
    () => {
      throw new Error('broken');
    },
    undefined,
  );
  events.on('e', () => heard.push('second'), undefined);
  events.raise('e', undefined);
  expect(heard).toEqual(['second']);
  expect(logged).toHaveLength(1);
});

it('once hears one, off forgets by handler and context', () => {
  const events = createEvents(silent);
  const heard: string[] = [];
  const handler = () => heard.push('on');
  const one = {};
  events.on('e', handler, one);
  events.on('e', handler, {});
  events.on('e', () => heard.push('once'), undefined, true);
  events.raise('e', undefined);
  events.off('e', handler, one);
  events.raise('e', undefined);
  events.off('e', handler, undefined);
  events.raise('e', undefined);
  expect(heard).toEqual(['on', 'on', 'once', 'on']);
});

it('changes to the handlers during an event count from the next one', () => {
  const events = createEvents(silent);
  const heard: string[] = [];
  const late = () => heard.push('late');
  events.on('e', () => events.on('e', late, undefined), undefined, true);
  events.raise('e', undefined);
  events.raise('e', undefined);
  expect(heard).toEqual(['late']);
});

it('[DI3] on throws when it cannot ever call', () => {
  const events = createEvents(silent);
  expect(() => events.on('e', undefined, undefined)).toThrow(expect.objectContaining({ code: 6017 }));
  expect(() => events.on(undefined, () => {}, undefined)).toThrow(expect.objectContaining({ code: 6017 }));
});

it('[DI3] a handler of once is called once, also when another handler raises the same event again', () => {
  const events = createEvents(silent);
  const heard: unknown[] = [];
  const again = ({ data }: { data: number }) => {
    if (data === 1) events.raise('e', 2);
  };
  events.on('e', again, undefined);
  events.on('e', ({ data }: { data: number }) => heard.push(data), undefined, true);
  events.raise('e', 1);
  expect(heard).toEqual([2]);
});
