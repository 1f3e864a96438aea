/** Where a function begins and where the brace that ends its body stands. */
export interface FunctionExtent {
  start: number;
  end: number;
}

const ARROW_WITH_BODY = /=>\s*\{/g;
const NAMED = /\bfunction\b[^(]*\(/g;
const MODIFIERS = '(?:(?:public|private|protected|static|override|async|get|set)\\s+)*\\*?\\s*';
const METHOD = new RegExp(`^[ \\t]*${MODIFIERS}(#?[\\w$]+|\\[[^\\]]*\\])\\s*(?:<[^(]*>)?\\(`, 'gm');
const NOT_A_METHOD = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'await',
  'with',
]);

/** The functions with a body in braces, found in source whose comments and strings are blank. */
export function functionsOf(code: string): FunctionExtent[] {
  const bodies = new Map<number, number>();
  for (const match of code.matchAll(ARROW_WITH_BODY)) {
    bodies.set(match.index + match[0].length - 1, match.index);
  }
  for (const match of [...code.matchAll(NAMED), ...methodsOf(code)]) {
    const body = bodyAfterParameters(code, match.index + match[0].length - 1);
    if (body !== undefined) bodies.set(body, match.index + leadingSpace(match[0]));
  }
  return [...bodies].map(([body, start]) => ({ start, end: closing(code, body) }));
}

function methodsOf(code: string): RegExpExecArray[] {
  return [...code.matchAll(METHOD)].filter((match) => !NOT_A_METHOD.has(match[1] ?? ''));
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}

/** The body follows the parameters, with a return type between them or not; a mere call or overload has none. */
function bodyAfterParameters(code: string, parenthesis: number): number | undefined {
  const next = skipSpace(code, closing(code, parenthesis) + 1);
  if (code[next] === '{') return next;
  if (code[next] !== ':') return undefined;
  return bodyAfterType(code, next + 1);
}

/** A brace after an operator of types opens an object type; after a complete type it opens the body. */
function bodyAfterType(code: string, from: number): number | undefined {
  let before = ':';
  for (let at = skipSpace(code, from); at < code.length; at = skipSpace(code, at + 1)) {
    const character = code[at] ?? '';
    if (character === '{' && !/[:|&<,(=>]/.test(before)) return at;
    if (character === '{' && before === '>' && code.slice(0, at).trimEnd().at(-2) !== '=') return at;
    if (/[;,)\]}]/.test(character)) return undefined;
    if (/[<([{]/.test(character)) at = closing(code, at);
    before = code[at] ?? '';
  }
  return undefined;
}

const PAIRS: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** The place of the bracket that closes the one at `open`. The arrow's `>` closes nothing. */
function closing(code: string, open: number): number {
  const opener = code[open] ?? '';
  const closer = PAIRS[opener];
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === opener) depth += 1;
    if (code[at] === closer && code.slice(at - 1, at + 1) !== '=>') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length - 1;
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (at < code.length && /\s/.test(code[at] ?? '')) at += 1;
  return at;
}
