import { OPTIONS } from '@muster/server';
import { code, page, table } from './page.ts';

interface Option {
  env: string;
  flag: string | undefined;
  fallback: string | undefined;
  doc: string;
}

export function optionsPage(): string {
  return page(
    'Options',
    'packages/server/src/options.ts',
    'Options of the server, as flags or in the environment; a flag wins. `muster --help` prints the same list, ' +
      '`muster check-config` says what is missing. `muster dev` makes for itself what has no default.',
    table(
      ['environment', 'flag', 'default', 'means'],
      Object.values<Option>(OPTIONS).map(({ env, flag, fallback, doc }) => [
        code(env),
        flag === undefined ? 'none' : code(`--${flag}`),
        defaultText(fallback),
        doc,
      ]),
    ),
  );
}

function defaultText(fallback: string | undefined): string {
  if (fallback === undefined) return 'must be set for `muster serve`';
  return fallback === '' ? 'empty' : code(fallback);
}
