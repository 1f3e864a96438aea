/** The app that the benchmarked server serves. It exists on loopback for some seconds. */
export const BENCH_APP = {
  SDKAppID: 1_400_000_001,
  secretKey: 'only for the benchmark, which nobody can reach',
};
