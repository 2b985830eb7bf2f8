import { withScope } from '@factornet/core';
import { concat1d, type Tensor } from '@tensorflow/tfjs';

/** The values of several tensors, e.g. logits `[batch, classes]`, read at once: a round trip to a GPU takes longer than a head. */
export async function readLogits(logits: readonly Tensor[]): Promise<Float32Array[]> {
  if (logits.length === 0) return [];
  return withScope(async (scope) => {
    const flat = logits.map((each) => scope.keep(each.as1D()));
    const values = await scope.keep(concat1d(flat)).data<'float32'>();
    let start = 0;
    return logits.map(({ size }) => {
      start += size;
      return values.slice(start - size, start);
    });
  });
}
