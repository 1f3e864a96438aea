/** SPEC.md and the tests, held to each other both ways; its table of gaps says what is not held yet. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEST_PLACES = ['test', 'src/conformance'];
/** A title that begins with the numbers of its rules. */
const TITLE = /['"`]((?:\[[A-Z]{2}\d+\]\s*)+)/g;
const ID = /[A-Z]{2}\d+/g;

const spec = readFileSync(path.join(ROOT, 'SPEC.md'), 'utf8');
const [rules = '', gaps = ''] = spec.split(/^## Gaps$/m);
const ruled = [...rules.matchAll(/^- \*\*([A-Z]{2}\d+)\*\* /gm)].map(([, id = '']) => id);
const gapped = [...gaps.matchAll(/^\| ([A-Z]{2}\d+) \|/gm)].map(([, id = '']) => id);
const quoted = new Map<string, string>();
for (const file of testFiles()) {
  for (const [, ids = ''] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(TITLE)) {
    for (const [id] of ids.matchAll(ID)) quoted.set(id, file);
  }
}

function testFiles(): string[] {
  const packages = readdirSync(path.join(ROOT, 'packages'));
  const places = packages.flatMap((name) => TEST_PLACES.map((place) => `packages/${name}/${place}`));
  return [...places, 'tests', 'examples', 'bench'].flatMap((folder) => sources(folder));
}

function sources(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(inside);
    return entry.name.endsWith('.ts') ? [inside] : [];
  });
}

describe('SPEC.md', () => {
  it('numbers each rule once', () => {
    expect(ruled.length).toBeGreaterThan(50);
    expect(ruled.filter((id, index) => ruled.indexOf(id) !== index)).toEqual([]);
  });

  it('has a test or a row among the gaps for every rule', () => {
    expect(ruled.filter((id) => !quoted.has(id) && !gapped.includes(id))).toEqual([]);
  });

  it('calls nothing a gap that has a test', () => {
    expect(gapped.filter((id) => quoted.has(id))).toEqual([]);
  });

  it('has the rule for every gap', () => {
    expect(gapped.filter((id) => !ruled.includes(id))).toEqual([]);
  });

  it('has the rule for every number that a test quotes', () => {
    const unknown = [...quoted].filter(([id]) => !ruled.includes(id)).map(([id, file]) => `${id} in ${file}`);
    expect(unknown).toEqual([]);
  });
});
