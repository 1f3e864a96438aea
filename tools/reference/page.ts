/** The parts that every page of the reference is made of. */

/** Where a page came from stands at its head, so that nobody edits what the next run writes over. */
export function page(title: string, source: string, ...parts: string[]): string {
  const origin = `<!-- Written by \`npm run reference\` from ${source}. Change that, not this page. -->`;
  return `${[`# ${title}`, origin, ...parts].join('\n\n')}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

export const code = (text: string): string => `\`${text}\``;

/** Names as code, with commas between them; a dash when there are none. */
export function codeList(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map(code).join(', ');
}

/** Angle brackets outside of code would be taken for HTML. */
function cell(text: string): string {
  const escaped = text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '\\<')));
  return escaped.join('').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
