/**
 * The names of properties that nobody but the SDK's own code knows, so that the bundle may shorten them: no name that
 * the public types, the protocol or the platform has, be it in a string of one word. What is reached by a computed key
 * must not be such a name: the test of the package, which runs what is built, would find it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGE = import.meta.dirname;
const ROOT = resolve(PACKAGE, '../..');
const PLATFORM = `node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib`;

const FOLDERS = [
  join(PACKAGE, 'src/types'),
  join(PACKAGE, 'src/constants'),
  join(ROOT, 'packages/protocol/src'),
  join(ROOT, PLATFORM),
];

const WORD = /[A-Za-z_$][\w$]*/g;
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;

/** Begins with a small letter: tables may be read by the names of their rows, which are capitals. */
const OWN = /^[a-z]\w{2,}$/;

let known: ReadonlySet<string> | undefined;

export function ownNames(code: string): string[] {
  const theirs = known ?? new Set(FOLDERS.flatMap(wordsIn));
  known = theirs;
  const properties = [...code.matchAll(/(?:\.|[{,]\s*)([a-z]\w*)/g)].map(([, name = '']) => name);
  return [...new Set(properties)].filter((name) => OWN.test(name) && !theirs.has(name));
}

function wordsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => withoutProse(readFileSync(join(folder, file), 'utf8')).match(WORD) ?? []);
}

/** Comments, and strings of several words, name nothing. */
function withoutProse(source: string): string {
  return source.replace(COMMENT_OR_STRING, (found) => (/^\/|\s/.test(found) ? '' : found));
}
