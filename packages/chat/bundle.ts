/** The SDK as one file, with what it takes of the protocol inside. */
import { join } from 'node:path';
import { type MinifyOptions, type OutputOptions, type Plugin, type RolldownBuild, rolldown } from 'rolldown';
import { MODULE_ORDER } from './module-order.ts';
import { ownNames } from './own-names.ts';
import { tables } from './tables.ts';

/** What the paths of modules begin at. */
export const ROOT = new URL('../..', import.meta.url).pathname;
const ENTRY = new URL('src/index.ts', import.meta.url).pathname;

interface Form {
  minify: boolean;
  /** Of the modules, by their paths; the best that is known when it is left out. */
  order?: readonly string[];
}

/** The names of properties that are the SDK's own are short in either form. */
export async function bundle(format: 'esm' | 'cjs', { minify, order = MODULE_ORDER }: Form): Promise<string> {
  const build = await begin(order);
  const plain: OutputOptions = { format, exports: 'named' };
  const [{ code }] = (await build.generate(plain)).output;
  const mangleProps = { include: new RegExp(`^(${ownNames(code).join('|')})$`) };
  const tight: MinifyOptions = minify
    ? { mangleProps }
    : { compress: false, mangle: false, codegen: { removeWhitespace: false }, mangleProps };
  const { output } = await build.generate({ ...plain, minify: tight });
  await build.close();
  // Whoever bundles the readable form needs the marks of what has no effects; here they are only bytes.
  return minify
    ? output[0].code.replace(/(?<=(\w)?)\/\* @__PURE__ \*\/ /g, (_, before) => (before ? ' ' : ''))
    : output[0].code;
}

/** The modules of the bundle, by their full paths. */
export async function modulesOf(): Promise<string[]> {
  const build = await begin([]);
  const { output } = await build.generate({ format: 'esm', exports: 'named' });
  await build.close();
  return Object.keys(output[0].modules).filter((path) => path.startsWith(ROOT) && path !== ENTRY);
}

const begin = (order: readonly string[]): Promise<RolldownBuild> =>
  rolldown({ input: ENTRY, platform: 'neutral', plugins: [tables(), ordered(order)] });

/** The entry imports the modules first, in this order. */
function ordered(order: readonly string[]): Plugin {
  const imports = order.map((path) => `import ${JSON.stringify(join(ROOT, path))};\n`).join('');
  return { name: 'ordered', transform: (code, id) => (id === ENTRY ? imports + code : null) };
}
