/** The SDK as one file, with what it takes of the protocol inside. */
import { type OutputOptions, rolldown } from 'rolldown';
import { tables } from './tables.ts';

const ENTRY = new URL('src/index.ts', import.meta.url).pathname;

export async function bundle(format: 'esm' | 'cjs', { minify }: { minify: boolean }): Promise<string> {
  const build = await rolldown({ input: ENTRY, platform: 'neutral', plugins: [tables()] });
  const options: OutputOptions = { format, minify, exports: 'named' };
  const { output } = await build.generate(options);
  await build.close();
  return output[0].code;
}
