/**
 * Looks for an order of modules in which the bundle is smaller, from the one that there is, and keeps it:
 * `node packages/chat/search-order.ts [seconds]`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, modulesOf, ROOT } from './bundle.ts';
import { MODULE_ORDER } from './module-order.ts';

const FILE = new URL('module-order.ts', import.meta.url).pathname;
const SECONDS = 60;
const BLOCK_MAX = 5;

const sizeOf = async (order: readonly string[]) =>
  gzipSync(await bundle('esm', { minify: true, order }), { level: 9 }).length;

/** A few neighbours in another place. */
function moved(order: readonly string[]): string[] {
  const next = [...order];
  const anywhere = (count: number) => Math.floor(Math.random() * count);
  const block = next.splice(anywhere(next.length), 1 + anywhere(BLOCK_MAX));
  next.splice(anywhere(next.length + 1), 0, ...block);
  return next;
}

async function search(seconds: number): Promise<void> {
  const all = (await modulesOf()).map((path) => relative(ROOT, path));
  let best = [...new Set([...MODULE_ORDER.filter((path) => all.includes(path)), ...all])];
  let least = await sizeOf(best);
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    const order = moved(best);
    const size = await sizeOf(order);
    if (size > least) continue;
    best = order;
    least = size;
  }
  process.stdout.write(`${least} bytes\n`);
  const list = best.map((path) => `  '${path}',\n`).join('');
  writeFileSync(FILE, readFileSync(FILE, 'utf8').replace(/= \[[^\]]*\]/, `= [\n${list}]`));
}

await search(Number(process.argv[2] ?? SECONDS));
