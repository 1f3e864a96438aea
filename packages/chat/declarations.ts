/**
 * The public types as one file. Each source module that the entry names is declared by the compiler; here their
 * texts are put together without the imports between them, which works as long as no name is declared twice.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(PACKAGE, '../..');

/** From the beginning of a line to the semicolon that ends it, over several lines. */
const IMPORT = /^import\s[^;]*?from '([^']+)';\n/gm;
const REEXPORT = /^export (?:type )?\*\s+from '([^']+)';\n/gm;
const DECLARED =
  /^(?:export )?(?:default )?(?:declare )?(?:const|type|interface|function|class|namespace) (\w+)/gm;

export function declarations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-chat-'));
  try {
    emit(folder);
    const entry = join(folder, 'chat/src/index.d.ts');
    const modules = [...reachable(entry, new Map())];
    checkNames(modules);
    return modules.map(([, text]) => text.replace(IMPORT, '').replace(REEXPORT, '')).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emit(folder: string): void {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const project = join(PACKAGE, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', folder], { stdio: 'inherit' });
}

/** The modules that a module names, each once, those that are named before those that name them. */
function reachable(path: string, found: Map<string, string>): Map<string, string> {
  if (found.has(path)) return found;
  const text = readFileSync(path, 'utf8');
  found.set(path, text);
  for (const [, specifier] of [...text.matchAll(IMPORT), ...text.matchAll(REEXPORT)]) {
    if (!specifier?.startsWith('.'))
      throw new Error(`${relative(ROOT, path)}: a public type needs ${specifier}`);
    const target = join(dirname(path), specifier.replace(/\.ts$/, '.d.ts'));
    if (!existsSync(target)) throw new Error(`${relative(ROOT, path)}: ${specifier} was not declared`);
    reachable(target, found);
  }
  return found;
}

/** Two interfaces of one name would become one without a word. A table and its own type and namespace share a name. */
function checkNames(modules: [string, string][]): void {
  const owners = new Map<string, string>();
  for (const [path, text] of modules) {
    for (const [, name = ''] of text.matchAll(DECLARED)) {
      const owner = owners.get(name) ?? path;
      if (owner !== path)
        throw new Error(`${name} is declared in ${relative(ROOT, owner)} and ${relative(ROOT, path)}`);
      owners.set(name, path);
    }
  }
}
