import { assemble } from '@factornet/assembler';
import { codeOf, factorLogits, normalizeImages } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type Dataset, eachBatch } from '@factornet/data';
import { pictureDataUri } from '@factornet/data/node';
import { accuracy } from '@factornet/metrics';
import type { TaskDescription } from '@factornet/spec';
import { type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { Report, ReportExample } from '../../report/report';
import type { Networks } from './read-networks';

const EXAMPLES = 12;

/** Runs the assembled network over a dataset and holds it against each factor's own outputs. */
export async function measureAssembly(
  networks: Networks,
  data: Dataset,
  seed: number,
): Promise<{ assembly: Report['assembly']; examples: ReportExample[] }> {
  const network = await assemble(networks.sources.common, networks.sources.factors);
  const predicted = Object.fromEntries(network.tasks.map((task) => [task, new Int32Array(data.size)]));
  const labels = Object.fromEntries(network.tasks.map((task) => [task, new Int32Array(data.size)]));
  const examples: ReportExample[] = [];
  // The first ones of a folder would be of one class.
  const shown = new Set(randomStream(seed, 'report-examples').permutation(data.size).subarray(0, EXAMPLES));
  let maxAbsoluteDifference = 0;
  let batches = 0;
  try {
    await eachBatch(data, { batchSize: 100 }, async ({ images, examples: batch, start }) => {
      const outputs = await network.predict(images);
      const own = ownLogits(networks, images);
      batches += 1;
      for (const task of network.tasks) {
        predicted[task]?.set(outputs[task]?.indices as Int32Array, start);
        labels[task]?.set(batch.labels[task] as Int32Array, start);
        const tensor = own[task] as Tensor2D;
        const expected = await tensor.data();
        tensor.dispose();
        outputs[task]?.logits.forEach((value, index) => {
          maxAbsoluteDifference = Math.max(
            maxAbsoluteDifference,
            Math.abs(value - (expected[index] as number)),
          );
        });
      }
      const tasks = Object.values(networks.factors).map(({ description }) => description.task);
      for (let index = 0; index < batch.size; index++) {
        if (!shown.has(start + index)) continue;
        const size = batch.images.length / batch.size;
        examples.push({
          image: await pictureDataUri(
            batch.images.subarray(index * size, (index + 1) * size),
            data.imageShape,
          ),
          truth: classesAt(tasks, (task) => batch.labels[task]?.[index]),
          predicted: classesAt(tasks, (task) => outputs[task]?.indices[index]),
        });
      }
    });
    return {
      examples,
      assembly: {
        accuracy: Object.fromEntries(
          network.tasks.map((task) => [
            task,
            accuracy(predicted[task] as Int32Array, labels[task] as Int32Array),
          ]),
        ),
        maxAbsoluteDifference,
        commonEvaluationsPerInput: network.commonEvaluations / batches,
      },
    };
  } finally {
    network.dispose();
  }
}

/** The logits of every factor by itself, `[batch, classes]`. */
function ownLogits({ common, factors }: Networks, images: Parameters<typeof normalizeImages>[0]) {
  return tidy(() =>
    Object.fromEntries(
      Object.entries(factors).map(([task, factor]) => {
        const inputs = normalizeImages(images, common.description.input);
        const z = common.network.predictOnBatch(inputs) as Tensor2D;
        return [task, factorLogits(factor, z, codeOf(factor, inputs))];
      }),
    ),
  );
}

function classesAt(
  tasks: readonly TaskDescription[],
  index: (task: string) => number | undefined,
): Record<string, string> {
  return Object.fromEntries(
    tasks.flatMap(({ name, classes }) => {
      const named = classes[index(name) ?? -1];
      return named === undefined ? [] : [[name, named]];
    }),
  );
}
