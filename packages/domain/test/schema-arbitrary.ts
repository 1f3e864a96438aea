import fc from 'fast-check';

/** What of a JSON schema our commands use. */
interface Schema {
  type?: string;
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/** Strings that have broken something somewhere. */
const NASTY = [
  '',
  '__proto__',
  'constructor',
  '\ud800',
  'a\u0000',
  '@TGS#_',
  '@TOPIC#_',
  '\u{1f600}',
  'é'.repeat(200),
];

/**
 * Any value that a schema allows. Strings are often one of `names`, so that requests hit what there is; `names` has
 * to hold what every schema allows.
 */
export function allowedBy(from: object, names: readonly string[]): fc.Arbitrary<unknown> {
  const schema: Schema = from;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((choice) => allowedBy(choice, names)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, names);
    case 'array': {
      const maxLength = Math.min(schema.maxItems ?? 5, 110);
      return fc.array(allowedBy(schema.items ?? {}, names), {
        minLength: schema.minItems ?? 0,
        maxLength,
        size: 'small',
      });
    }
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 9, 2 ** 31 - 1),
      });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return stringOf(schema, names);
    default:
      throw new Error(`no arbitrary for the schema ${JSON.stringify(schema)}`);
  }
}

function objectOf(schema: Schema, names: readonly string[]): fc.Arbitrary<unknown> {
  const parts = Object.entries(schema.properties ?? {}).map(
    ([key, part]) => [key, allowedBy(part, names)] as const,
  );
  return fc.record(Object.fromEntries(parts), { requiredKeys: schema.required ?? [] });
}

function stringOf(schema: Schema, names: readonly string[]): fc.Arbitrary<string> {
  if (schema.pattern !== undefined)
    return fc.bigInt({ min: -(2n ** 63n) - 2n, max: 2n ** 63n + 1n }).map(String);
  const { minLength = 0, maxLength = 8_192 } = schema;
  const nasty = NASTY.filter((text) => text.length >= minLength && text.length <= maxLength);
  const any = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 600) });
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.constantFrom(...nasty), any);
}
