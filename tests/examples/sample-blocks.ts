/** The guides' samples as the examples hold them. */
import { readFileSync } from 'node:fs';

/**
 * The lines of each sample: what stands at the beginning of a line inside a block. After a block comes an empty line or
 * another block.
 */
export function sampleBlocks(example: URL): string[][] {
  const samples: string[][] = [];
  let block: string[] | undefined;
  const lines = readFileSync(example, 'utf8').split('\n');
  for (const [at, line] of lines.entries()) {
    if (line === '{') block = [];
    else if (line === '}' && block && ['', '{'].includes(lines[at + 1] ?? '')) {
      samples.push(block);
      block = undefined;
    } else if (!line.startsWith(' ')) block?.push(line);
  }
  return samples;
}
