/** What each method, event and REST command does, from the table that tests hold to what they see. */
import { readFileSync } from 'node:fs';
import type { Claim, SDKRow, Section } from '../../tests/compatibility/row.ts';
import {
  EVENT_SECTION,
  METHOD_SECTIONS,
  REST_SECTIONS,
  rowsOf,
  totals,
} from '../../tests/compatibility/table.ts';
import { code, page, table } from './page.ts';

type AnyClaim = Claim<never>;
type AnyRow = SDKRow<never>;

/** The versions that the tests run. */
export function testedVersions(): { ours: string; original: string } {
  const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
  return {
    ours: read('packages/chat/package.json').version,
    original: read('package.json').devDependencies['@tencentcloud/chat'],
  };
}

/** What the table adds up to, as the README has it too. */
export function totalsSentence(): string {
  const methods = rowsOf(METHOD_SECTIONS).map(([, row]) => row);
  const ours = counted(methods.map((row) => row.ours));
  const original = counted(methods.map((row) => row.original));
  const rest = restClaims();
  return (
    `Of the ${methods.length} methods of version ${testedVersions().original}, in \`@muster/chat\` ${ours}; ` +
    `in the unmodified original with Muster as its server ${original}. ` +
    `Of ${rest.length} commands of REST v4 ${counted(rest)}.`
  );
}

/** Such as: 70 work, 1 differs and 3 are missing. */
function counted(claims: readonly AnyClaim[]): string {
  const { works, differs, missing } = totals(claims);
  const parts = [
    [works, works === 1 ? 'works' : 'work'],
    [differs, differs === 1 ? 'differs' : 'differ'],
    [missing, missing === 1 ? 'is missing' : 'are missing'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map((part) => part.join(' '));
  return [said.slice(0, -1).join(', '), ...said.slice(-1)].filter((part) => part !== '').join(' and ');
}

const restClaims = (): AnyClaim[] => rowsOf(REST_SECTIONS).map(([, { claim }]) => claim);

export function compatibilityPage(): string {
  const { ours, original } = testedVersions();
  return page(
    'Compatibility',
    'tests/compatibility/table.ts',
    `What becomes of an app's calls: in ${code('@muster/chat')} ${ours}, in the unmodified ` +
      `${code('@tencentcloud/chat')} ${original} whose ${code('proxyServer')} is Muster, and over REST v4. ` +
      'Each line is shown by a test with these versions.',
    '*Works*: called as its documentation says, it gives the result, and whom it concerns sees the effect. ' +
      '*Differs* says how, and why. *Missing* names the code, if any, that the call is refused with; an event that ' +
      'is missing is never raised. What the original does by itself, such as its checks of arguments and its texts, ' +
      'is the same with every server. What Muster adds stands in [the SDK](sdk.md).',
    totalsTable(),
    ...sections('Methods', METHOD_SECTIONS),
    ...sections('Events', [EVENT_SECTION]),
    '## REST v4',
    ...REST_SECTIONS.map(({ title, rows }) => part(title, table(['command', ''], restRows(rows)))),
  );
}

function totalsTable(): string {
  const line = (what: string, claims: readonly AnyClaim[]): string[] => {
    const { works, differs, missing } = totals(claims);
    return [what, String(claims.length), String(works), String(differs), String(missing)];
  };
  const of = (all: readonly Section<AnyRow>[], sdk: 'ours' | 'original'): AnyClaim[] =>
    rowsOf(all).map(([, row]) => row[sdk]);
  return table(
    ['', 'in all', 'works', 'differs', 'missing'],
    [
      line('methods of `@muster/chat`', of(METHOD_SECTIONS, 'ours')),
      line('methods of the original', of(METHOD_SECTIONS, 'original')),
      line('events of `@muster/chat`', of([EVENT_SECTION], 'ours')),
      line('events of the original', of([EVENT_SECTION], 'original')),
      line('REST v4 commands', restClaims()),
    ],
  );
}

function sections(title: string, all: readonly Section<SDKRow<never>>[]): string[] {
  const head = [title === 'Events' ? 'event' : 'method', 'in `@muster/chat`', 'in the original'];
  const tables = all.map(({ title: own, rows }) => {
    const lines = Object.entries(rows).map(([name, { ours, original }]) => [
      code(name),
      said(ours),
      said(original),
    ]);
    return own === title ? table(head, lines) : part(own, table(head, lines));
  });
  return [`## ${title}`, ...tables];
}

const part = (title: string, text: string): string => `### ${title}\n\n${text}`;

function restRows(rows: Record<string, { claim: AnyClaim }>): string[][] {
  return Object.entries(rows).map(([name, { claim }]) => [code(name), said(claim)]);
}

function said({ state, how, code: refused }: AnyClaim): string {
  if (how !== undefined) return `differs: ${how}`;
  return typeof refused === 'number' ? `${state}: ${refused}` : state;
}
