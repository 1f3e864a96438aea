import Database from 'better-sqlite3';

/**
 * Makes this process the only one that works on a database file: its caches are true because nobody else writes.
 *
 * The lock is that of a second, empty database beside the file, held as long as the connection lives. The operating
 * system gives it back when the process dies, however it dies. The file itself stays: removing it would let two
 * processes hold locks on two files of one name.
 */
export function lockOwner(file: string): { release(): void } {
  const lock = new Database(`${file}-owner`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new Error(`The database ${file} is in use by another server: stop it, or name another file.`, {
      cause,
    });
  }
  return { release: () => void lock.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
