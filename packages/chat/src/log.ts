/** The SDK's log, and the only file that writes to the console. */

/** From 0, everything, to 4, nothing, as the original numbers them. */
const LEVELS = { warn: 2, error: 3 } as const;

export interface Log {
  setLevel(level: number): void;
  warn(...words: unknown[]): void;
  error(...words: unknown[]): void;
  /** Warns once only of what is not known, however often it is given (DI4). */
  ignore(where: string, name: string): void;
}

export function createLog(): Log {
  let lowest: number = LEVELS.warn;
  const warned = new Set<string>();
  const writer =
    (name: keyof typeof LEVELS) =>
    (...words: unknown[]) => {
      if (LEVELS[name] >= lowest) console[name]('[muster]', ...words);
    };
  const warn = writer('warn');
  return {
    setLevel(level) {
      lowest = level;
    },
    warn,
    error: writer('error'),
    ignore(where, name) {
      const words = `${where}: '${name}' is ignored`;
      if (!warned.has(words)) warn(words);
      warned.add(words);
    },
  };
}
