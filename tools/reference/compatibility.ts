/** A row for each method of the original: whether it is built, asked of an instance. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '@muster/protocol';
import { code, page, table } from './page.ts';
import { builtMethods } from './sdk.ts';

const METHOD_NAMES_SOURCE = 'packages/chat/src/method-names.ts';

export async function compatibilityPage(root: string): Promise<string> {
  const { built, refused } = await builtMethods(root);
  const rows = methodNames(root).map((name) => [code(name), stateOf(name, built, refused)]);
  const works = rows.filter(([, state]) => state === WORKS).length;
  return page(
    'Compatibility',
    METHOD_NAMES_SOURCE,
    `The ${rows.length} methods of version 3.6.6 of the original Web SDK, in \`@muster/chat\`: ${works} work. ` +
      'What each of these does, and what Muster adds, stands in [the SDK](sdk.md).',
    table(['method', 'in `@muster/chat`'], rows),
  );
}

/** The list of the SDK's own source; it is not part of what the SDK hands out. */
function methodNames(root: string): string[] {
  const source = readFileSync(path.join(root, METHOD_NAMES_SOURCE), 'utf8');
  const list = /METHOD_NAMES = \[(.*?)\]/s.exec(source)?.[1] ?? '';
  return [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name).sort();
}

const WORKS = 'works';

function stateOf(name: string, built: Set<string>, refused: Set<string>): string {
  if (built.has(name)) return WORKS;
  return refused.has(name)
    ? `not built: ${ERRORS.NOT_SUPPORTED.code}`
    : 'not built: answers that there is nothing';
}
