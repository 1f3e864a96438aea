import { blank } from './blank.ts';

export interface Import {
  specifier: string;
  line: number;
  /** Such an import is gone when the program runs: it shares a shape and no behaviour. */
  typeOnly: boolean;
}

/** One file as the rules see it. `code` is the text without the inside of comments and strings, place for place. */
export interface SourceFile {
  path: string;
  text: string;
  code: string;
  lines: string[];
  imports: Import[];
  /** Tests, and the suites that tests call. */
  isTest: boolean;
}

/** `path` is relative to the root of the repository, with forward slashes. */
export function sourceFile(path: string, text: string): SourceFile {
  const code = blank(text);
  return {
    path,
    text,
    code,
    lines: text.split('\n'),
    imports: importsOf(text, code),
    isTest: /(^|\/)(tests?|conformance)\//.test(path) || /\.test\.[a-z]+$/.test(path),
  };
}

export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** `from '…'` and `import '…'` are statements; `import('…')` and `resolve('…')` reach a package at run time. */
const IMPORTS = /\b(?:from|import)\s*(['"])|\b(?:import|require|resolve)\s*\(\s*(['"])/g;

function importsOf(text: string, code: string): Import[] {
  return [...code.matchAll(IMPORTS)].map((match) => {
    const start = match.index + match[0].length;
    const quote = match[1] ?? match[2] ?? "'";
    return {
      specifier: text.slice(start, text.indexOf(quote, start)),
      line: lineAt(text, match.index),
      typeOnly: isOfTypes(code, match.index),
    };
  });
}

function isOfTypes(code: string, from: number): boolean {
  const statement = Math.max(code.lastIndexOf('import', from), code.lastIndexOf('export', from));
  return /^(?:import|export)\s+type\b/.test(code.slice(statement));
}
