import type { FileRule, Finding } from '../rule.ts';
import { lineAt, type SourceFile } from '../source-file.ts';

/** A word that says that something is there but not what, and how to find a better one. */
const REPLACEMENTS = new Map([
  ['manager', 'say what it does: registry, pool, window, queue'],
  ['service', 'say what it serves: sessions, delivery, groupCounters'],
  ['helper', 'name it after its result'],
  ['impl', 'name it after what makes it different: sqlite, memory, combining'],
  ['util', 'name it after what it does'],
]);

const ENDING = /(Manager|Service|Helper|Impl|Util)s?$/;
/** `service` alone is a word of the foreign protocols. */
const ALONE = /^(manager|helper|impl|util)s?$/i;

export const bannedWords: FileRule = {
  file(file) {
    return [...inIdentifiers(file), ...inFileName(file)];
  },
};

function inIdentifiers({ path, text, code }: SourceFile): Finding[] {
  const seen = new Set<string>();
  return [...code.matchAll(/[A-Za-z_$][\w$]*/g)].flatMap(({ 0: identifier, index }) => {
    const word = (ENDING.exec(identifier) ?? ALONE.exec(identifier))?.[1];
    if (word === undefined || seen.has(identifier)) return [];
    seen.add(identifier);
    return [{ path, line: lineAt(text, index), message: messageFor(identifier, word) }];
  });
}

function inFileName({ path }: SourceFile): Finding[] {
  const name = path.split('/').at(-1) ?? '';
  return name.split(/[-.]/).flatMap((part) => {
    const word = /^(manager|service|helper|impl|util)s?$/.exec(part)?.[1];
    return word === undefined ? [] : [{ path, line: 1, message: messageFor(name, word) }];
  });
}

function messageFor(name: string, word: string): string {
  return `${name} hides behind "${word}": ${REPLACEMENTS.get(word.toLowerCase())}`;
}
