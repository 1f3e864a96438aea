/** What a message adds to the counters of its group. A word is what stands between spaces and tabs. */
export const KEYS = ['lines', 'words', 'links', 'questions', 'thanks'] as const;

export type Key = (typeof KEYS)[number];

/** A number for each key. */
export type Amounts = Record<Key, number>;

const PATTERNS: Record<Exclude<Key, 'lines'>, RegExp> = {
  words: /[^ \t]+/g,
  /** A word with `://` in it, or one that begins with `www.` */
  links: /(?<![^ \t])(?:www\.|[^ \t]*?:\/\/)[^ \t]*/gi,
  /** A word that ends with a question mark. */
  questions: /\?(?![^ \t])/g,
  /** One of four words, whatever punctuation follows it. */
  thanks: /(?<![^ \t])(?:thanks|thank|thx|ty)[!.,:;)]*(?![^ \t])/gi,
};

export function measure(text: string): Amounts {
  const count = (key: keyof typeof PATTERNS): number => text.match(PATTERNS[key])?.length ?? 0;
  return {
    lines: 1,
    words: count('words'),
    links: count('links'),
    questions: count('questions'),
    thanks: count('thanks'),
  };
}
