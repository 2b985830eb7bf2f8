/**
 * One worker's share of the reduction, into `partials[0]` and in the order of the workers, so that the result does
 * not depend on who is faster. Gradients are added, since each belongs to its own rows of one objective; the fixed
 * weights behind them (BatchNorm's statistics) are averaged, weighted by rows.
 *
 * The mean is `s₀ + Σ_k w_k·(s_k − s₀)`: weights that no replica has changed come out as the same bits.
 */
export function reduceSlice(request: {
  partials: readonly Float32Array[];
  rows: readonly number[];
  gradients: number;
  /** Of `partials`. */
  worker: number;
}): void {
  const { partials, rows, gradients, worker } = request;
  const [sum, ...others] = partials as [Float32Array, ...Float32Array[]];
  const begin = Math.floor((sum.length * worker) / partials.length);
  const end = Math.floor((sum.length * (worker + 1)) / partials.length);
  const endOfGradients = Math.min(end, Math.max(begin, gradients));
  for (const partial of others) {
    for (let i = begin; i < endOfGradients; i++) sum[i] = (sum[i] as number) + (partial[i] as number);
  }
  const total = rows.reduce((sumOfRows, count) => sumOfRows + count, 0);
  for (let i = endOfGradients; i < end; i++) {
    const first = sum[i] as number;
    let mean = first;
    others.forEach((partial, index) => {
      mean += ((rows[index + 1] as number) / total) * ((partial[i] as number) - first);
    });
    sum[i] = mean;
  }
}
