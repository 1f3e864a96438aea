import { expect, it } from 'vitest';
import { functionsOf } from '../functions.ts';

function found(code: string): string[] {
  return functionsOf(code).map(({ start, end }) => code.slice(start, end + 1));
}

it.each([
  ['a function', 'function f(a) { return 1; }'],
  ['a generic one with defaults', 'function f<A>(a: A = {}, b = (1)) { return { a }; }'],
  ['a return type', 'function f(): Promise<{ a: string }> { go(); }'],
  ['an object as return type', 'function f(): { a: string } | undefined { go(); }'],
  ['a guard as return type', 'function f(a: unknown): a is B { go(); }'],
  ['a function as return type', 'function f(): (a: string) => void { go(); }'],
  ['a method', 'get value(): number { return 1; }'],
  ['a generator method', '*[Symbol.iterator]() { yield 1; }'],
])('finds %s', (_what, code) => {
  expect(found(code)).toEqual([code]);
});

it('finds an arrow function with a body', () => {
  expect(found('const f = (a) => { go(); };')).toEqual(['=> { go(); }']);
});

it('finds functions inside functions', () => {
  expect(found('function f() { return () => { go(); }; }')).toHaveLength(2);
});

it.each([
  ['a condition', 'if (a) { go(); }'],
  ['a loop', 'for (const a of b) { go(); }'],
  ['a call', 'go(a);'],
  ['an overload', 'function f(a: string): void;'],
  ['an arrow without a body', 'const f = (a) => ({ a });'],
  ['a class', 'class A { b = 1; }'],
])('takes %s for no function', (_what, code) => {
  expect(found(code)).toEqual([]);
});
