/** Builds what is published into dist/: `npm run build -w @muster/chat`, then `npm publish packages/chat/dist`. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { declarations } from './declarations.ts';

const PACKAGE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(PACKAGE, '../..');

/** `require` gives what `import` gives by default, and finds it under `default` too. */
const CJS_FOOTER = `
module.exports = Object.assign(exports.default, { default: exports.default, MusterChat: exports.default });
`;

export async function build(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('index.js', await bundle('esm', { minify: false }));
  write('index.cjs', (await bundle('cjs', { minify: false })) + CJS_FOOTER);
  const types = declarations();
  write('index.d.ts', types);
  write('index.d.cts', types);
  write('package.json', `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  const texts = [
    [ROOT, 'LICENSE'],
    [PACKAGE, 'README.md'],
  ] as const;
  for (const [from, name] of texts)
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(folder, name));
}

/** The protocol is bundled, so that nothing is installed besides. */
function publishedManifest(): object {
  const { name, version, license, description, engines } = JSON.parse(
    readFileSync(join(PACKAGE, 'package.json'), 'utf8'),
  );
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines,
    main: './index.cjs',
    module: './index.js',
    types: './index.d.ts',
    exports: {
      '.': {
        import: { types: './index.d.ts', default: './index.js' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
      './package.json': './package.json',
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(join(PACKAGE, 'dist'));
