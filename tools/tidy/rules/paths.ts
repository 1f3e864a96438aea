import type { FileRule } from '../rule.ts';

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)+$/;
const BANNED_FOLDERS = new Set(['util', 'utils', 'common', 'helper', 'helpers', 'shared']);

export const paths: FileRule = {
  file({ path }) {
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    const messages = folders
      .filter((folder) => BANNED_FOLDERS.has(folder))
      .map(
        (folder) =>
          `lies in a folder called ${folder}: name the folder after the noun it holds, or its feature`,
      );
    if (!KEBAB_CASE.test(name)) messages.push('is not named in kebab-case: write words-joined-by-hyphens.ts');
    return messages.map((message) => ({ path, line: 1, message }));
  },
};
