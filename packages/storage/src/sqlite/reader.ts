import type Database from 'better-sqlite3';
import { questionMarks } from '../sql/dialect.ts';
import { findable } from '../sql/findable.ts';
import type { Row } from '../sql/rows.ts';
import { type Parameter, READS, type ReadName } from '../sql/statements.ts';
import { OWN_READS } from './own-statements.ts';

interface Prepared {
  statement: Database.Statement<unknown[], Row>;
  /** Undefined when the parameters stand in the order of their placeholders. */
  order: number[] | undefined;
}

const TEXTS = { ...READS, ...OWN_READS };
type Name = ReadName | keyof typeof OWN_READS;

/** Statements whose integers may lie beyond the safe ones and come as bigints. */
const EXACT: ReadonlySet<Name> = new Set<Name>(['counters']);

/** The main thread's connection. It reads what is committed, and writes nothing once the database is open. */
export class Reader {
  private readonly database: Database.Database;
  private readonly prepared = new Map<Name, Prepared>();
  private readonly transaction: Database.Transaction<(work: () => void) => void>;

  constructor(database: Database.Database) {
    this.database = database;
    this.transaction = database.transaction((work: () => void) => work());
  }

  first(name: Name, parameters: readonly Parameter[]): Row | undefined {
    const { statement, order } = this.prepared.get(name) ?? this.prepare(name);
    return statement.get(...inOrder(parameters.map(findable), order));
  }

  all(name: Name, parameters: readonly Parameter[] = []): Row[] {
    const { statement, order } = this.prepared.get(name) ?? this.prepare(name);
    return statement.all(...inOrder(parameters.map(findable), order));
  }

  /** Runs reads that must see one state: the committing thread may commit between two statements. */
  together<Value>(read: () => Value): Value {
    if (this.database.inTransaction) return read();
    let value: Value | undefined;
    this.transaction(() => {
      value = read();
    });
    return value as Value;
  }

  close(): void {
    this.database.close();
  }

  private prepare(name: Name): Prepared {
    const { text, order } = questionMarks(TEXTS[name]);
    const statement = this.database.prepare<unknown[], Row>(text);
    if (EXACT.has(name)) statement.safeIntegers(true);
    const isInOrder = order.every((parameter, index) => parameter === index);
    const prepared = { statement, order: isInOrder ? undefined : order };
    this.prepared.set(name, prepared);
    return prepared;
  }
}

function inOrder(parameters: readonly Parameter[], order: number[] | undefined): readonly Parameter[] {
  return order ? order.map((index) => parameters[index] ?? null) : parameters;
}
