import { posix } from 'node:path';
import type { FileRule } from '../rule.ts';
import { ownPackage } from '../walls.ts';

/** The columns of the grid: a folder of this name holds that feature in every package and knows no other. */
const FEATURES = new Set([
  'users',
  'groups',
  'messages',
  'conversations',
  'conversation-groups',
  'group-counters',
]);

/** The words of one feature are made of those of another, so the vocabulary has no walls inside. */
const VOCABULARY = 'protocol';

/** A feature may take another's types, which are shapes, and nothing that runs. */
export const featureWalls: FileRule = {
  file({ path, imports, isTest }) {
    const from = ownPackage(path);
    if (from === undefined || from === VOCABULARY || isTest) return [];
    return imports.flatMap(({ specifier, line, typeOnly }) => {
      if (!specifier.startsWith('.') || typeOnly) return [];
      const target = posix.join(posix.dirname(path), specifier);
      const message = crossing(from, roomOf(path), roomOf(target));
      return message === undefined ? [] : [{ path, line, message: `imports ${specifier}: ${message}` }];
    });
  },
};

/** The first folder below src. */
function roomOf(path: string): string {
  return /^(?:packages|apps)\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1] ?? '';
}

function crossing(inPackage: string, from: string, to: string): string | undefined {
  if (FEATURES.has(from) && FEATURES.has(to) && from !== to) {
    return `${from} knows nothing of ${to}; what one does when the other changes stands in the file that sees all`;
  }
  const doors = [from, to].includes('doors') && [from, to].some((room) => FEATURES.has(room));
  if (inPackage === 'server' && doors) return 'handlers and doors meet only in dispatch.ts';
  return undefined;
}
