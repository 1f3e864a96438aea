import { CLOSE_CODES } from '@muster/protocol';
import { code, page, table } from './page.ts';

const FINAL_CODE = 4500;

export function closeCodesPage(): string {
  return page(
    'Close codes',
    'packages/protocol/src/frames.ts',
    'Why the server closes a WebSocket. From 4000 to 4499 the SDK connects again and catches up; from 4500 on the ' +
      'login has ended. The reason of the closing frame is the name.',
    table(
      ['code', 'name', 'means', 'connect again'],
      Object.entries<{ code: number; doc: string }>(CLOSE_CODES).map(([name, row]) => [
        String(row.code),
        code(name),
        row.doc,
        row.code < FINAL_CODE ? 'yes' : 'no',
      ]),
    ),
  );
}
