import { normalizeImages } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type Dataset, eachBatch, type LabelValues, writeLabels } from '@factornet/data';
import { trainTeacher } from '@factornet/factorizer';
import { accuracy, argmaxRows } from '@factornet/metrics';
import type { ClassificationTask, InputDescription } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { initializers, layers, model, type SymbolicTensor, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { optimizerAt } from './designs';
import { inputDropout } from './input-dropout';
import type { Budget } from './new-factor-budget';

export interface AloneRequest {
  readonly task: ClassificationTask;
  readonly input: InputDescription;
  readonly data: Dataset;
  readonly test: Dataset;
  readonly seed: number;
  readonly learningRate: number;
  readonly budget: Budget;
}

/**
 * Accuracy on `test` of the best network for a new task that was found without common knowledge: it sees pictures alone, its code
 * of 8 is deterministic, pictures lose 30 % of their values in training, and nothing has a price.
 */
export async function trainAlone(request: AloneRequest): Promise<number> {
  const { task, input, data, test, seed, learningRate, budget } = request;
  const network = createAlone(request);
  try {
    await trainTeacher({
      model: network,
      input,
      tasks: [task],
      data,
      augmentations: [inputDropout(0.3, input)],
      ...budget,
      seed,
      optimizer: optimizerAt(learningRate),
    });
    const predicted = new Int32Array(test.size);
    const labels: Record<string, LabelValues> = {};
    await eachBatch(test, {}, async ({ images, examples, indices, start }) => {
      writeLabels(labels, test, examples, indices);
      const logits = tidy(() => network.predictOnBatch(normalizeImages(images, input)) as Tensor2D);
      const [rows, columns] = logits.shape;
      const values = await logits.data<'float32'>().finally(() => logits.dispose());
      predicted.set(argmaxRows({ rows, columns, data: values }), start);
    });
    return accuracy(predicted, labels[task.name] as LabelValues);
  } finally {
    network.dispose();
  }
}

function createAlone({ task, input, seed }: AloneRequest) {
  const name = 'alone';
  const backbone = convolutional({
    filters: [8, 16, 32],
    kernelSize: [5, 3, 3],
    strides: 2,
    pooling: 'flatten',
    features: 32,
  });
  const trunk = backbone.create({ inputShape: input.shape, seed, name });
  const linear = (from: SymbolicTensor, units: number, layer: string) => {
    const kernelInitializer = initializers.glorotUniform({
      seed: randomStream(seed, name, layer).integer(2 ** 31 - 1),
    });
    return layers.dense({ name: `${name}/${layer}`, units, kernelInitializer }).apply(from) as SymbolicTensor;
  };
  const code = linear(trunk.outputs[0] as SymbolicTensor, 8, 'code');
  return model({ name, inputs: trunk.inputs, outputs: linear(code, task.classes.length, 'logits') });
}
