import type { Dataset } from '@factornet/data';
import type { Factorization } from '@factornet/factorizer';
import { type MeasuredAnswers, measureAnswers } from '@factornet/pipeline';
import type { ConsumerOutputs } from './consumer-project';
import { withStockKernels } from './stock-kernels';

/** Holds what the consumer's assembly said of test pictures against the labels and against every factor's own logits. */
export function checkOutputs(
  { logits }: ConsumerOutputs,
  { common, factors }: Pick<Factorization, 'common' | 'factors'>,
  data: Dataset,
): Promise<MeasuredAnswers> {
  const asked = Object.entries(factors).filter(([task]) => task in logits);
  return withStockKernels(() =>
    measureAnswers({
      common,
      factors: Object.fromEntries(asked),
      data,
      async answer({ shape: [pictures] }, start) {
        const said = asked.map(([task, { head }]) => {
          const classes = head.outputs[0]?.shape[1] as number;
          return [
            task,
            Float32Array.from(logits[task]?.slice(start * classes, (start + pictures) * classes) ?? []),
          ];
        });
        return Object.fromEntries(said);
      },
    }),
  );
}
