/**
 * Constants in the bundle: the same objects, written in the words that the names of methods and properties are
 * written in too, which compresses to two thirds. The sources keep them plain, with a comment on each.
 */
import type { Plugin } from 'rolldown';
import { EVENT } from './src/constants/event.ts';
import { TYPES } from './src/constants/types.ts';

type Table = Readonly<Record<string, string | number>>;

const CONSTANTS = { EVENT, TYPES };
const SOURCES = '/chat/src/';
const FOLDER = `${SOURCES}constants/`;
const READER = 'virtual:read-table';

export function tables(): Plugin {
  return {
    name: 'tables',
    resolveId: (id) => (id === READER ? id : null),
    async load(id) {
      if (id === READER) return `export ${readTable}`;
      if (!id.includes(FOLDER)) return null;
      const rows = Object.entries<Table>(await import(id)).map(
        ([name, table]) =>
          `export const ${name} = /* @__PURE__ */ readTable(${JSON.stringify(written(table))});`,
      );
      return { code: [`import { readTable } from '${READER}';`, ...rows].join('\n'), moduleType: 'js' };
    },
    /** Code that uses a constant is given its value. */
    transform(code, id) {
      if (!id.includes(SOURCES) || id.includes(FOLDER)) return null;
      return code.replace(
        /(?<!\.)\b(EVENT|TYPES)\.([A-Z0-9_]+)\b/g,
        (_, table: keyof typeof CONSTANTS, key: string) => JSON.stringify((CONSTANTS[table] as Table)[key]),
      );
    },
  };
}

/** `MessageReceived` is `MESSAGE_RECEIVED: 'onMessageReceived'`; another value stands behind the name. */
function written(table: Table): string {
  return Object.entries(table).map(writtenRow).join(' ');
}

function writtenRow([key, value]: [string, string | number]): string {
  // A word that ends in a capital keeps its underscore.
  const words = key.replace(
    /([A-Z])([A-Z]*)(_?)/g,
    (_, first, rest, line) => first + (rest.toLowerCase() || line),
  );
  const spelled = Object.keys(readTable(words))[0] === key ? words : key;
  const row = value === `on${spelled}` ? spelled : `${spelled}=${value}`;
  if (readTable(row)[key] !== value) throw new Error(`${key} cannot be written as '${row}'`);
  return row;
}

/** Runs in the bundle, by its own text, so that it uses nothing but what is in it. */
function readTable(rows: string) {
  return Object.fromEntries(
    rows.split(' ').map((row) => {
      const [name = '', value = `on${name}`] = row.split('=');
      return [name.replace(/([a-z])(?=[A-Z])/g, '$1_').toUpperCase(), value === `${+value}` ? +value : value];
    }),
  );
}
