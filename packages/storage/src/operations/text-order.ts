/** The order of text in every engine: by code point, which is the order of its bytes in UTF-8. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
