/** A JSON Schema as people read one: in the manner of a TypeScript type. */
import { INT64_PATTERN } from '@muster/protocol';

/** The part of JSON Schema that our schemas use. Their own types say what they stand for, not what they hold. */
interface Schema {
  type?: string;
  const?: string | number | boolean;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

/** Schemas that have a name of their own, and so are shown once. */
export type ShapeNames = ReadonlyMap<object, string>;

const INDENT = '  ';
const ONE_LINE_MAX = 70;

export function schemaText(schema: object, names: ShapeNames, indent = ''): string {
  return names.get(schema) ?? schemaBody(schema, names, indent);
}

/** The text of a schema itself, also when it has a name. */
export function schemaBody(given: object, names: ShapeNames, indent = ''): string {
  const schema = given as Schema;
  if (isInt64(schema)) return 'int64';
  if (schema.anyOf) return schema.anyOf.map((one) => schemaText(one, names, indent)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const).replaceAll('"', "'");
  if (schema.type === 'array') return `${inArray(schemaText(schema.items ?? {}, names, indent))}[]`;
  if (schema.type === 'object') return objectText(schema, names, indent);
  if (schema.type === 'integer') return `integer${boundsOf(schema)}`;
  return schema.type ?? 'unknown';
}

function objectText({ properties = {}, required = [] }: Schema, names: ShapeNames, indent: string): string {
  const inside = indent + INDENT;
  const lines = Object.entries(properties).map(
    ([key, value]) => `${key}${required.includes(key) ? '' : '?'}: ${schemaText(value, names, inside)}`,
  );
  if (lines.length === 0) return '{}';
  const line = `{ ${lines.join(', ')} }`;
  if (line.length <= ONE_LINE_MAX && !line.includes('\n')) return line;
  return `{\n${lines.map((text) => `${inside}${text},\n`).join('')}${indent}}`;
}

function inArray(text: string): string {
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}

function isInt64({ anyOf = [] }: Schema): boolean {
  return anyOf.some(({ pattern }) => pattern === INT64_PATTERN);
}

function boundsOf({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`;
}
