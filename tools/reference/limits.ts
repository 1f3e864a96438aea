import { LIMITS, type LimitRow } from '@muster/protocol';
import { code, page, table } from './page.ts';

export function limitsPage(): string {
  return page(
    'Limits',
    'packages/protocol/src/limits.ts',
    'Everything that can grow has a limit (SE1). The unit stands in the name. What can be configured is in ' +
      '[options](options.md).',
    table(
      ['limit', 'value', 'of what'],
      Object.entries<LimitRow>(LIMITS).map(([name, { value, doc }]) => [
        code(name),
        value.toLocaleString('en'),
        doc,
      ]),
    ),
  );
}
