import { describe, expect, it } from 'vitest';
import { faultFields } from '../src/observability/log.ts';

describe('what a log says of a fault', () => {
  it('[SE4] leaves out what an engine tells of rows and parameters', () => {
    const cause = Object.assign(new Error('a value is too long'), {
      code: '22001',
      detail: 'Failing row contains (ann, a secret text).',
      parameters: ['a secret text'],
    });
    const fields = faultFields(new Error('a commit failed', { cause }));
    expect(JSON.stringify(fields)).not.toContain('secret');
    expect(fields).toMatchObject({
      type: 'Error',
      message: 'a commit failed',
      stack: expect.stringContaining('log.test.ts'),
      cause: { code: '22001', message: 'a value is too long' },
    });
  });

  it('[SE4] ends for causes that go round, and says nothing of what is no error', () => {
    const round = new Error('round');
    round.cause = round;
    expect(JSON.stringify(faultFields(round)).length).toBeLessThan(20_000);
    expect(faultFields({ userSig: 'eJw' })).toEqual({ type: 'object' });
  });
});
