import { posix } from 'node:path';
import type { FileRule, Finding } from '../rule.ts';
import type { Import, SourceFile } from '../source-file.ts';
import { mayImport, ownPackage, packageOf } from '../walls.ts';

/** Which package may import which, and that a package is reached by its name only. */
export const packageWalls: FileRule = {
  file(file) {
    return file.imports.flatMap((one) => {
      const message = one.specifier.startsWith('.') ? leaving(file, one) : forbidden(file, one);
      const finding: Finding = { path: file.path, line: one.line, message: message ?? '' };
      return message === undefined ? [] : [finding];
    });
  },
};

function forbidden({ path, isTest }: SourceFile, { specifier }: Import): string | undefined {
  const from = ownPackage(path);
  const to = packageOf(specifier);
  if (from === undefined || to === undefined || isTest || mayImport(from, to, path)) return undefined;
  return `${from} may not import ${specifier}: hand it in, or move the shared part down to a package both may import`;
}

/** Tests of a package share the set-up of the whole run; nothing else crosses by a path. */
function leaving({ path, isTest }: SourceFile, { specifier }: Import): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const from = ownPackage(path);
  const to = ownPackage(target);
  if (from !== to) {
    if (isTest && target.startsWith('tests/setup/')) return undefined;
    return `${specifier} leaves its package: import a package by its name`;
  }
  if (from !== undefined && !isTest && /^(packages|apps)\/[^/]+\/test\//.test(target)) {
    return `${specifier} is a test: move what both need into src, or into testkit`;
  }
  return undefined;
}
