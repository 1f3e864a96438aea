/** Times that the API shows are whole seconds. */
export function secondsOf(now: number): number {
  return Math.floor(now / 1_000);
}
