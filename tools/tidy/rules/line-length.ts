import type { FileRule } from '../rule.ts';

const CHARACTERS_MAX = 120;

export const lineLength: FileRule = {
  file({ path, lines }) {
    return lines.flatMap((line, index) => {
      if (line.length <= CHARACTERS_MAX) return [];
      const message = `has ${line.length} characters, the cap is ${CHARACTERS_MAX}: break the sentence or name a part`;
      return [{ path, line: index + 1, message }];
    });
  },
};
