/** The whole reference: what each file of docs/reference holds, by its name. */
import { closeCodesPage } from './close-codes.ts';
import { commandsPage } from './commands.ts';
import { compatibilityPage } from './compatibility.ts';
import { errorsPage } from './errors.ts';
import { eventsPage } from './events.ts';
import { limitsPage } from './limits.ts';
import { metricsPage } from './metrics.ts';
import { optionsPage } from './options.ts';
import { page, table } from './page.ts';
import { sdkPage } from './sdk.ts';

export const REFERENCE_FOLDER = 'docs/reference';

const CONTENTS = [
  ['sdk.md', 'the methods of `@muster/chat` and its events'],
  ['compatibility.md', 'what works, differs and is missing, in both SDKs and over REST'],
  ['commands.md', 'what can be asked, over WebSocket and HTTP'],
  ['events.md', 'what the server tells a device'],
  ['errors.md', 'every code, its name, and whether to try again'],
  ['limits.md', 'how much of everything'],
  ['options.md', 'flags and environment of the server'],
  ['metrics.md', 'what the server counts'],
  ['close-codes.md', 'why a connection is closed'],
] as const;

export async function renderReference(root: string): Promise<Map<string, string>> {
  return new Map([
    ['README.md', contentsPage()],
    ['sdk.md', await sdkPage(root)],
    ['compatibility.md', compatibilityPage()],
    ['commands.md', commandsPage()],
    ['events.md', eventsPage(root)],
    ['errors.md', errorsPage()],
    ['limits.md', limitsPage()],
    ['options.md', optionsPage()],
    ['metrics.md', await metricsPage()],
    ['close-codes.md', closeCodesPage()],
  ]);
}

function contentsPage(): string {
  return page(
    'Reference',
    'the tables',
    'These pages are written from the tables of the code, and a test holds them to it.',
    table(
      ['page', 'holds'],
      CONTENTS.map(([file, holds]) => [`[${file}](${file})`, holds]),
    ),
  );
}
