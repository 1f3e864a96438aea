/** Style as a test: walls, caps and banned words. Each message names what to write instead. */
import { fileURLToPath } from 'node:url';
import { readRepository } from './repository.ts';
import { print, tidy } from './rules.ts';

const repository = readRepository(fileURLToPath(new URL('../..', import.meta.url)));
const findings = tidy(repository);
for (const finding of findings) console.error(print(finding));
console.log(`tidy: ${repository.files.length} files, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
