import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import type { Dataset } from '@factornet/data';
import { pictureDataUri } from '@factornet/data/node';
import { accuracy, argmaxRows } from '@factornet/metrics';
import type { ReportExample } from '@factornet/pipeline';
import type { ConsumerOutputs } from './consumer-project';
import { maxAbsoluteDifference, ownLogits } from './own-logits';
import { withStockKernels } from './stock-kernels';

export interface AssemblyFigures {
  readonly accuracy: Readonly<Record<string, number>>;
  readonly maxAbsoluteDifference: number;
  readonly commonEvaluationsPerInput: number;
}

/** Compares what the consumer's assembly said with every factor's own logits and with the labels. */
export async function checkAssembly(
  outputs: ConsumerOutputs,
  common: CommonNetwork,
  factors: Readonly<Record<string, FactorNetwork>>,
  test: Dataset,
): Promise<AssemblyFigures> {
  const { labels } = await test.read(Int32Array.from({ length: test.size }, (_, index) => index));
  const accuracies: Record<string, number> = {};
  let difference = 0;
  for (const [task, logits] of Object.entries(outputs.logits)) {
    const factor = factors[task] as FactorNetwork;
    const own = await withStockKernels(() => ownLogits(common, factor, test));
    difference = Math.max(difference, maxAbsoluteDifference(own, logits));
    accuracies[task] = accuracy(predictedClasses(outputs, task, test.size), labels[task] as Int32Array);
  }
  return {
    accuracy: accuracies,
    maxAbsoluteDifference: difference,
    commonEvaluationsPerInput: outputs.commonEvaluationsPerInput,
  };
}

/** Pictures of the test set, drawn since a folder has them class by class, with what is on them and what the assembly says. */
export async function exampleAnswers(
  outputs: ConsumerOutputs,
  test: Dataset,
  count: number,
): Promise<ReportExample[]> {
  const indices = randomStream(0, 'report-examples').permutation(test.size).subarray(0, count);
  const { images, labels } = await test.read(indices);
  const size = images.length / indices.length;
  const className = (task: string, label: number | undefined) =>
    test.tasks.find(({ name }) => name === task)?.classes[label ?? -1];
  const named = (labelOf: (task: string) => number | undefined) =>
    Object.fromEntries(
      test.tasks.flatMap(({ name }) => {
        const text = className(name, labelOf(name));
        return text === undefined ? [] : [[name, text]];
      }),
    );
  const predicted = Object.fromEntries(
    test.tasks.map(({ name }) => [name, predictedClasses(outputs, name, test.size)]),
  );
  return Promise.all(
    Array.from(indices, async (index, position) => ({
      image: await pictureDataUri(images.slice(position * size, (position + 1) * size), test.imageShape),
      truth: named((task) => labels[task]?.[position]),
      predicted: named((task) => (labels[task]?.[position] === -1 ? undefined : predicted[task]?.[index])),
    })),
  );
}

function predictedClasses({ logits }: ConsumerOutputs, task: string, rows: number): Int32Array {
  const data = Float32Array.from(logits[task] as readonly number[]);
  return argmaxRows({ rows, columns: data.length / rows, data });
}
