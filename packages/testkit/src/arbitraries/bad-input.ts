import fc from 'fast-check';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';

/** An input that its schema refuses, with what was done to a good one. */
export interface BadInput {
  input: unknown;
  how: string;
}

/**
 * Inputs that a schema refuses, made from one that it takes: a property is missing, one has another type, is huge or
 * deep, one too many is there, or the whole is something else. `example` has to fulfil the schema.
 */
export function badInputs(schema: TSchema, example: Record<string, unknown>): fc.Arbitrary<BadInput> {
  if (!Value.Check(schema, example))
    throw new Error(`The example does not fulfil its schema: ${JSON.stringify(example)}`);
  const names = Object.keys(example);
  const spoiled = names.length === 0 ? [] : [without(example, names), replaced(example, names)];
  return fc
    .oneof(...spoiled, withUnknown(example), wholly())
    .filter(({ input }) => !Value.Check(schema, input));
}

/** JSON values of every type and odd sizes, as a stranger may send them. */
export function anyJson(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -0,
      -1,
      1.5,
      2 ** 53,
      1e308,
      '',
      '0',
      '\u0000',
      '\ud800',
      [],
      {},
      [[]],
      { __proto__: null },
    ),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(10_000, 100_000).map((length) => 'x'.repeat(length)),
    fc.constantFrom(500, 2_000).map((length) => Array.from({ length }, (_, at) => at)),
    fc.constantFrom(50, 500).map(nested),
  );
}

function without(example: Record<string, unknown>, names: string[]): fc.Arbitrary<BadInput> {
  return fc.constantFrom(...names).map((name) => {
    const { [name]: _, ...input } = example;
    return { input, how: `without ${name}` };
  });
}

function replaced(example: Record<string, unknown>, names: string[]): fc.Arbitrary<BadInput> {
  return fc.tuple(fc.constantFrom(...names), anyJson()).map(([name, value]) => ({
    input: { ...example, [name]: value },
    how: `with another ${name}`,
  }));
}

function withUnknown(example: Record<string, unknown>): fc.Arbitrary<BadInput> {
  return fc.tuple(fc.constantFrom('extra', 'constructor', 'GroupId', ''), anyJson()).map(([name, value]) => ({
    input: { ...example, [name]: value },
    how: `with the unknown ${JSON.stringify(name)}`,
  }));
}

function wholly(): fc.Arbitrary<BadInput> {
  return anyJson().map((input) => ({ input, how: 'something else' }));
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level += 1) value = [value];
  return value;
}
