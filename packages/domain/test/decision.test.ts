import type { CommandError } from '@muster/protocol';
import { expect, it } from 'vitest';
import { type Decision, refuse } from '../src/index.ts';

it('a rule gives only the errors that the row of its command declares; another one does not compile', () => {
  const declared: Decision<object, null, CommandError<'quitGroup'>> = refuse('OWNER_MAY_NOT_QUIT');
  // @ts-expect-error quitGroup declares no such error
  const undeclared: Decision<object, null, CommandError<'quitGroup'>> = refuse('TOO_MANY_COUNTERS');
  expect([declared.ok, undeclared.ok]).toEqual([false, false]);
});
