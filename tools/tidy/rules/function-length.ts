import { type FunctionExtent, functionsOf } from '../functions.ts';
import type { FileRule } from '../rule.ts';
import { lineAt, type SourceFile } from '../source-file.ts';

const LINES_MAX = 70;
const MAKER = /^(?:export )?function create[A-Z]/;

export const functionLength: FileRule = {
  file(file) {
    const all = functionsOf(file.code).map((extent) => inLines(file, extent));
    return all.flatMap((one) => {
      // A suite of tests, and what makes an object of closures as a class would, is a list of functions inside a
      // function: there the inner ones do not count for the outer.
      const isList = file.isTest || MAKER.test(file.lines[one.start - 1] ?? '');
      const inner = isList ? outermost(all.filter((other) => isInside(other, one))) : [];
      const count = length(one) - inner.reduce((sum, other) => sum + length(other), 0);
      if (count <= LINES_MAX) return [];
      const message = `begins a function of ${count} lines, the cap is ${LINES_MAX}: name its steps as functions`;
      return [{ path: file.path, line: one.start, message }];
    });
  },
};

function inLines({ text }: SourceFile, { start, end }: FunctionExtent): FunctionExtent {
  return { start: lineAt(text, start), end: lineAt(text, end) };
}

function length({ start, end }: FunctionExtent): number {
  return end - start + 1;
}

function isInside(inner: FunctionExtent, outer: FunctionExtent): boolean {
  return (
    inner !== outer && inner.start >= outer.start && inner.end <= outer.end && length(inner) < length(outer)
  );
}

function outermost(extents: FunctionExtent[]): FunctionExtent[] {
  return extents.filter((one) => !extents.some((other) => isInside(one, other)));
}
