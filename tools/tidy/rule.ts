import type { Repository } from './repository.ts';
import type { SourceFile } from './source-file.ts';

/** One thing that is wrong, and in its message what to do instead. */
export interface Finding {
  path: string;
  line: number;
  message: string;
}

export interface FileRule {
  file(file: SourceFile): Finding[];
}

export interface RepositoryRule {
  repository(repository: Repository): Finding[];
}

export type Rule = FileRule | RepositoryRule;
