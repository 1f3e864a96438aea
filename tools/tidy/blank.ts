/**
 * Source text with the inside of comments, strings, templates and regular expressions replaced by spaces. Length and
 * lines stay, so a place in the result is the same place in the source. Enough of a lexer for the rules: what follows
 * decides whether a slash begins a regular expression, and an unclosed string ends with its line.
 */
export function blank(text: string): string {
  const out = text.split('');
  /** Braces open inside each `${` that we are in; the template goes on where its own brace closes. */
  const substitutions: number[] = [];
  let at = 0;

  function hide(from: number, to: number): void {
    for (let index = from; index < Math.min(to, out.length); index += 1) {
      if (out[index] !== '\n') out[index] = ' ';
    }
  }

  function template(from: number): number {
    const end = endOfTemplate(text, from);
    hide(from, end);
    const opensSubstitution = text[end] === '$';
    if (opensSubstitution) substitutions.push(0);
    return end + (opensSubstitution ? 2 : 1);
  }

  while (at < text.length) {
    const hidden = endOfHidden(text, at);
    const character = text[at];
    if (hidden !== undefined) {
      hide(hidden.from, hidden.to);
      at = hidden.next;
    } else if (character === '`') {
      at = template(at + 1);
    } else if (character === '}' && substitutions.at(-1) === 0) {
      substitutions.pop();
      at = template(at + 1);
    } else {
      trackBraces(substitutions, character);
      at += 1;
    }
  }
  return out.join('');
}

function trackBraces(substitutions: number[], character: string | undefined): void {
  const last = substitutions.length - 1;
  const open = substitutions[last];
  if (open === undefined) return;
  if (character === '{') substitutions[last] = open + 1;
  if (character === '}') substitutions[last] = open - 1;
}

interface Hidden {
  from: number;
  to: number;
  next: number;
}

/** The extent of the comment, string or regular expression that begins at `at`, if one does. */
function endOfHidden(text: string, at: number): Hidden | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') {
    const end = indexOrEnd(text, '\n', at);
    return { from: at, to: end, next: end };
  }
  if (two === '/*') {
    const end = Math.min(indexOrEnd(text, '*/', at + 2) + 2, text.length);
    return { from: at, to: end, next: end };
  }
  const character = text[at];
  if (character === "'" || character === '"') return quoted(text, at, endOfString(text, at + 1, character));
  if (character === '/' && beginsExpression(text, at)) return quoted(text, at, endOfRegExp(text, at + 1));
  return undefined;
}

function quoted(text: string, at: number, end: number): Hidden {
  return { from: at + 1, to: end, next: text[end] === '\n' ? end : end + 1 };
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote || text[at] === '\n') return at;
  }
  return text.length;
}

function endOfTemplate(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`' || text.startsWith('${', at)) return at;
  }
  return text.length;
}

function endOfRegExp(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '\n') return at;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return at;
  }
  return text.length;
}

/** A slash divides after a value and begins a regular expression after everything else. */
function beginsExpression(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  if (before === '') return true;
  if (/\b(?:return|typeof|case|in|of|await|yield|void|delete)$/.test(before)) return true;
  // In a page's markup `</p>` and `<br />` are no expressions.
  if (before.endsWith('<') || text[at + 1] === '>') return false;
  return /[(,=:[!&|?{};+\-*%>~^]$/.test(before);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found === -1 ? text.length : found;
}
