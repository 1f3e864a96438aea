/** Runs work in a later turn, as a storage does that has to ask a disk. What is thrown rejects. */
export async function turn<Value>(work: () => Value): Promise<Value> {
  await Promise.resolve();
  return work();
}
