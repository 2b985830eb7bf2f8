/** How many epochs of which batches make so many steps over a few pictures. */
export interface Budget {
  readonly epochs: number;
  readonly batchSize: number;
}

export function budgetFor(pictures: number, steps: number): Budget {
  const batchSize = Math.min(64, Math.max(16, Math.floor(pictures / 2)));
  return { batchSize, epochs: Math.max(1, Math.round(steps / Math.floor(pictures / batchSize))) };
}
