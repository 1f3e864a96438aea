import { rolldown } from 'rolldown';

/** A script and all it imports, the SDK too, as one minified module for browsers. Nothing is written to the disk. */
export async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
  try {
    const { output } = await build.generate({ format: 'es', minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}
