import type { Repository } from './repository.ts';
import type { Finding, Rule } from './rule.ts';
import { bannedTokens } from './rules/banned-tokens.ts';
import { bannedWords } from './rules/banned-words.ts';
import { dependencies } from './rules/dependencies.ts';
import { featureWalls } from './rules/feature-walls.ts';
import { fileLength } from './rules/file-length.ts';
import { functionLength } from './rules/function-length.ts';
import { lineLength } from './rules/line-length.ts';
import { packageWalls } from './rules/package-walls.ts';
import { paths } from './rules/paths.ts';
import { purity } from './rules/purity.ts';

const RULES: Rule[] = [
  packageWalls,
  featureWalls,
  purity,
  dependencies,
  fileLength,
  functionLength,
  lineLength,
  paths,
  bannedWords,
  bannedTokens,
];

/** Everything that is untidy, in the order of the files. */
export function tidy(repository: Repository): Finding[] {
  const findings = RULES.flatMap((rule) =>
    'file' in rule ? repository.files.flatMap((file) => rule.file(file)) : rule.repository(repository),
  );
  return findings.sort((one, other) => one.path.localeCompare(other.path) || one.line - other.line);
}

export function print(finding: Finding): string {
  return `${finding.path}:${finding.line} ${finding.message}`;
}
