import { ERRORS, type ErrorRow } from '@muster/protocol';
import { code, page, table } from './page.ts';

export function errorsPage(): string {
  const rows = Object.entries<ErrorRow>(ERRORS).sort(
    ([name, one], [other, another]) => one.code - another.code || (name < other ? -1 : 1),
  );
  const of = (origin: ErrorRow['origin']) => rows.filter(([, row]) => row.origin === origin);
  return page(
    'Errors',
    'packages/protocol/src/errors.ts',
    'Compare the code or the name: both are stable. The message says what was wrong and with which argument; it is ' +
      'for people and may change. Retryable means that the same call may succeed later, unchanged.',
    '## From the server',
    'The HTTP status is that of the HTTP door: 4xx a refusal, 503 a fault.',
    table(
      ['code', 'name', 'means', 'retryable', 'HTTP status'],
      of('server').map(([name, row]) => [
        String(row.code),
        code(name),
        row.message,
        row.retryable ? 'yes' : 'no',
        String(row.status),
      ]),
    ),
    '## From the SDK alone',
    table(
      ['code', 'name', 'means', 'retryable'],
      of('client').map(([name, row]) => [
        String(row.code),
        code(name),
        row.message,
        row.retryable ? 'yes' : 'no',
      ]),
    ),
  );
}
