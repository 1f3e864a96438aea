/** The SDK as one file, with what it takes of the protocol inside. */
import { type MinifyOptions, type OutputOptions, rolldown } from 'rolldown';
import { ownNames } from './own-names.ts';
import { tables } from './tables.ts';

const ENTRY = new URL('src/index.ts', import.meta.url).pathname;

/** The names of properties that are the SDK's own are short in either form. */
export async function bundle(format: 'esm' | 'cjs', { minify }: { minify: boolean }): Promise<string> {
  const build = await rolldown({ input: ENTRY, platform: 'neutral', plugins: [tables()] });
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
