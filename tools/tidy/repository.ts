import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type SourceFile, sourceFile } from './source-file.ts';

export interface Manifest {
  /** The folder of the package.json, relative to the root; empty for the root's own. */
  folder: string;
  name: string;
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

export interface Repository {
  files: SourceFile[];
  manifests: Manifest[];
}

const CODE = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage']);
const PLACES = ['packages', 'apps', 'tests', 'tools', 'bench', 'examples'];

export function readRepository(root: string): Repository {
  const paths = PLACES.flatMap((place) => walk(root, place));
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  return {
    files: paths.filter((file) => CODE.test(file)).map((file) => sourceFile(file, read(file))),
    manifests: [
      'package.json',
      ...paths.filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file)),
    ].map((file) => manifest(file, read(file))),
  };
}

export function manifest(file: string, text: string): Manifest {
  const content = JSON.parse(text) as Partial<Manifest>;
  return {
    folder: file.replace(/\/?package\.json$/, ''),
    name: content.name ?? '',
    version: content.version ?? '',
    dependencies: content.dependencies ?? {},
    devDependencies: content.devDependencies ?? {},
  };
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isOurs(entry.name) ? walk(root, inside) : [];
    return entry.isFile() ? [inside] : [];
  });
}

function isOurs(name: string): boolean {
  return !NOT_OURS.has(name) && !name.startsWith('.');
}
