/** Seconds until `total`, from the pace so far. NaN before anything is done. */
export function estimateSecondsLeft(startedAt: number, done: number, total: number): number {
  return done === 0 ? Number.NaN : ((performance.now() - startedAt) / 1000 / done) * (total - done);
}
