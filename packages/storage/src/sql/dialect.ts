/** The few facts in which the databases differ. Everything else is one text, with `$1` placeholders. */
export interface Dialect {
  name: 'sqlite' | 'postgres';
  /** A signed 64-bit integer. */
  integer: string;
  /** Text that is compared by the bytes of its UTF-8 form. */
  text: string;
  bytes: string;
  /** Ends a SELECT that locks its rows until the transaction ends. */
  forUpdate: string;
  /** Ends a CREATE TABLE whose rows lie in the order of their key. */
  clustered: string;
  /** Ends a CREATE TABLE whose rows are rewritten all the time. */
  rewritten: string;
}

export const SQLITE: Dialect = {
  name: 'sqlite',
  integer: 'INTEGER',
  text: 'TEXT',
  bytes: 'BLOB',
  forUpdate: '',
  clustered: ' WITHOUT ROWID',
  rewritten: '',
};

export const POSTGRES: Dialect = {
  name: 'postgres',
  integer: 'BIGINT',
  text: 'TEXT COLLATE "C"',
  bytes: 'BYTEA',
  forUpdate: ' FOR UPDATE',
  clustered: '',
  rewritten: ' WITH (fillfactor = 60)',
};

/** `($1, $2), ($3, $4)`: the placeholders of so many rows, from number `first` on. */
export function rowPlaceholders(rows: number, columns: number, first = 1): string {
  const row = (index: number) => `(${placeholders(columns, first + index * columns)})`;
  return Array.from({ length: rows }, (_, index) => row(index)).join(', ');
}

/** `$1, $2`: so many placeholders, from number `first` on. */
export function placeholders(count: number, first = 1): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
}

/**
 * A text with question marks in place of `$n`, for drivers that know no numbers, and the order in which to bind the
 * parameters: `order[i]` is the index of the parameter that the i-th question mark takes.
 */
export function questionMarks(text: string): { text: string; order: number[] } {
  const order: number[] = [];
  const marked = text.replace(/\$(\d+)/g, (_, digits: string) => {
    order.push(Number(digits) - 1);
    return '?';
  });
  return { text: marked, order };
}
