import type { FileRule } from '../rule.ts';
import { lineAt } from '../source-file.ts';

interface BannedToken {
  token: RegExp;
  /** Which files it is banned in. */
  where: RegExp;
  /** The files among them that may. */
  except?: RegExp;
  instead: string;
}

const TABLE: BannedToken[] = [
  {
    token: /\bconsole\s*\./g,
    where: /^(packages|apps)\/[^/]+\/src\//,
    except: /^packages\/server\/src\/(main\.ts|command-line\/)|^packages\/chat\/src\/log\.ts$/,
    instead:
      'console is for the command line (packages/server/src/command-line/) and the log of the SDK ' +
      '(packages/chat/src/log.ts): take a logger',
  },
  {
    token: /(?<![.\w$])any\b(?!\s*[:(?])/g,
    where: /^packages\/chat\/src\//,
    instead: 'the SDK shows no any: write the type, or unknown',
  },
  {
    token: /\benum\s+[A-Za-z_$][\w$]*\s*\{/g,
    where: /^/,
    instead: 'an enum cannot be stripped: write a const object and a type of its values',
  },
];

export const bannedTokens: FileRule = {
  file({ path, text, code }) {
    return TABLE.filter(({ where, except }) => where.test(path) && !except?.test(path)).flatMap(
      ({ token, instead }) =>
        [...code.matchAll(token)].map(({ index }) => ({ path, line: lineAt(text, index), message: instead })),
    );
  },
};
