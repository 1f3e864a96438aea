import { limit } from '@muster/protocol';
import { expect, it } from 'vitest';
import { Admission } from '../src/sessions/admission.ts';

it('[SE1] works on 64 logins at once, lets 2,000 wait in line and turns the others away', async () => {
  const admission = new Admission();
  const admitted: number[] = [];
  const [atOnce, inLine] = [limit('loginsInProgress_max'), limit('loginsWaiting_max')];
  const turns = Array.from({ length: atOnce + inLine }, (_, index) =>
    admission.enter().then(() => void admitted.push(index)),
  );
  expect(await admission.enter()).toBe(false);
  expect(admitted.length).toBe(atOnce);
  for (let left = 0; left < atOnce + inLine; left += 1) admission.leave();
  await Promise.all(turns);
  expect(admitted).toEqual(Array.from({ length: atOnce + inLine }, (_, index) => index));
  expect(await admission.enter()).toBe(true);
});
