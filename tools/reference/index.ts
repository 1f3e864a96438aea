/** `npm run reference`: writes docs/reference from the tables. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { REFERENCE_FOLDER, renderReference } from './render.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const folder = path.join(ROOT, REFERENCE_FOLDER);
mkdirSync(folder, { recursive: true });
for (const [name, text] of await renderReference(ROOT)) writeFileSync(path.join(folder, name), text);
