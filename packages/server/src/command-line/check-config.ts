import { safeConfig } from './serve.ts';

/** Says what `muster serve` would say of the configuration, and starts nothing. */
export async function checkConfig(args: string[]): Promise<number> {
  if (!safeConfig(args)) return 2;
  process.stdout.write('The configuration is complete.\n');
  return 0;
}
