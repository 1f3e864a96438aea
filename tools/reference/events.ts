import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EVENTS, type EventRow } from '@muster/protocol';
import { commandsRaising } from './commands.ts';
import { code, codeBlock, codeList, page, table } from './page.ts';

const SOURCE = 'packages/protocol/src/events.ts';
const FORMS_SOURCE = 'packages/protocol/src/event-forms.ts';
const COUNTERS_SOURCE = 'packages/protocol/src/group-counters/group-counters-event.ts';

const CLASSES: Record<EventRow['class'], string> = {
  logged:
    'each one counts: numbered within its scope, stored in the transaction that makes it, delivered in order',
  latest: 'only the newest value per key counts',
  session: 'concerns one connection',
  passing: 'reaches those who are connected, and is kept nowhere',
};

export function eventsPage(root: string): string {
  const rows = Object.entries<EventRow>(EVENTS);
  return page(
    'Events',
    SOURCE,
    'What the server tells a device, by the names of our wire. The events of the SDK are in [sdk](sdk.md).',
    table(['class', 'means'], Object.entries(CLASSES)),
    table(
      ['event', 'class', 'scope', 'means', 'caused by', 'raises in the SDK'],
      rows.map(([name, row]) => [
        code(name),
        row.class,
        row.scope,
        row.doc,
        commandsRaising(name),
        codeList(row.raises),
      ]),
    ),
    '## Forms',
    codeBlock('ts', exportsOf(path.join(root, FORMS_SOURCE), 'Cause')),
    codeBlock('ts', exportsOf(path.join(root, COUNTERS_SOURCE), 'GroupCountersFrame')),
  );
}

/** The types of a source file as they stand there, from the one of this name on. */
function exportsOf(file: string, first: string): string {
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(`export interface ${first} `);
  if (at < 0) throw new Error(`${file} has no interface ${first}`);
  const comment = text.lastIndexOf('/**', at);
  return text
    .slice(comment, text.length)
    .replaceAll(/^export /gm, '')
    .trimEnd();
}
