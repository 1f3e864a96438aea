import type { FileRule } from '../rule.ts';

const SOURCE_LINES_MAX = 300;
const TEST_LINES_MAX = 600;

export const fileLength: FileRule = {
  file({ path, text, isTest }) {
    const count = text.replace(/\n$/, '').split('\n').length;
    const max = isTest ? TEST_LINES_MAX : SOURCE_LINES_MAX;
    if (count <= max) return [];
    const message = `has ${count} lines, the cap is ${max}: find the second noun in it and give that a file of its own`;
    return [{ path, line: max + 1, message }];
  },
};
