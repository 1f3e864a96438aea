/** docs/reference says what the tables say, all of it and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS, ERRORS, EVENTS, LIMITS } from '@muster/protocol';
import { OPTIONS } from '@muster/server';
import { describe, expect, it } from 'vitest';
import { REFERENCE_FOLDER, renderReference } from '../../tools/reference/render.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, REFERENCE_FOLDER);

const rendered = await renderReference(ROOT);
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

describe('the reference', () => {
  it('has the pages that are rendered and no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...rendered.keys()].sort());
  });

  it.each([...rendered.keys()])('%s is what `npm run reference` writes', (name) => {
    expect(read(name)).toBe(rendered.get(name));
  });

  it.each([
    ['commands.md', Object.keys(COMMANDS), (name: string) => `\n## ${name}\n`],
    ['events.md', Object.keys(EVENTS), (name: string) => `| \`${name}\` |`],
    ['errors.md', Object.keys(ERRORS), (name: string) => `| \`${name}\` |`],
    ['limits.md', Object.keys(LIMITS), (name: string) => `| \`${name}\` |`],
    ['options.md', Object.values(OPTIONS).map(({ env }) => env), (name: string) => `| \`${name}\` |`],
  ] as const)('%s has a place for every row of its table', (page, names, place) => {
    expect(names.filter((name) => !read(page).includes(place(name)))).toEqual([]);
  });
});
