import { assemble } from '@factornet/assembler';
import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { type Dataset, eachBatch, type LabelValues, writeLabels } from '@factornet/data';
import { accuracy, argmaxRows } from '@factornet/metrics';
import type { Tensor2D } from '@tensorflow/tfjs';

/** Accuracy by task of what an assembly of these says. */
export async function measureFactors(
  common: CommonNetwork,
  factors: Readonly<Record<string, FactorNetwork>>,
  data: Dataset,
): Promise<Record<string, number>> {
  const network = await assemble(common, Object.values(factors));
  const predicted: Record<string, Int32Array> = {};
  const labels: Record<string, LabelValues> = {};
  try {
    await eachBatch(data, {}, async ({ images, examples, indices, start }) => {
      writeLabels(labels, data, examples, indices);
      for (const [task, logits] of Object.entries(network.logits(images))) {
        const [rows, columns] = (logits as Tensor2D).shape;
        const values = await logits.data<'float32'>().finally(() => logits.dispose());
        predicted[task] ??= new Int32Array(data.size);
        predicted[task].set(argmaxRows({ rows, columns, data: values }), start);
      }
    });
  } finally {
    network.dispose();
  }
  return Object.fromEntries(
    Object.entries(predicted).map(([task, said]) => [task, accuracy(said, labels[task] as LabelValues)]),
  );
}
