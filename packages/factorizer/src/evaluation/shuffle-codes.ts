import { type FactorNetwork, factorLogits } from '@factornet/core';
import { refuseNonFinite } from '@factornet/core/internal';
import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import type { ColumnStore } from '@factornet/data';
import { dispose, tidy } from '@tensorflow/tfjs';
import { derangement } from './derangement';

export interface ShuffleCodesRequest {
  readonly factors: readonly FactorNetwork[];
  /** `common` and `<task>/code` of every example; `<task>/logits-shuffled` is added. */
  readonly columns: ColumnStore;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** A head has few operations. */
const BATCH = 1024;

/**
 * Asks every head what it says with z of a picture and t of another one, the same for all factors.
 *
 * @throws CancelledError on `signal`
 */
export async function shuffleCodes({ factors, columns, seed, signal }: ShuffleCodesRequest): Promise<void> {
  const others = derangement(columns.rows, seed);
  for (let start = 0; start < columns.rows; start += BATCH) {
    throwIfCancelled('evaluate', signal);
    const count = Math.min(BATCH, columns.rows - start);
    const own = Int32Array.from({ length: count }, (_, index) => start + index);
    for (const factor of factors) {
      const { name } = factor.description.task;
      const z = columns.gather('common', own);
      const t = columns.gather(`${name}/code`, others.slice(start, start + count));
      const logits = tidy(() => factorLogits(factor, z, t));
      dispose([z, t]);
      await columns.take(start, { [`${name}/logits-shuffled`]: logits }, (column, values, width) =>
        refuseNonFinite(values, width, `${column} of the batch from picture ${start} on`),
      );
    }
    await yieldToEventLoop();
  }
}
