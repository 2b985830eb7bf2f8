import { normalizeImages } from '@factornet/core';
import { adam, randomStream } from '@factornet/core/training';
import { type Augmentation, type Dataset, imagesTensor, type LabelValues, matchTasks } from '@factornet/data';
import { type InputDescription, type TaskDescription, UnknownTaskError } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTasks, ofKinds } from '@factornet/spec/training';
import { dispose, type LayersModel, type Tensor, tidy } from '@tensorflow/tfjs';
import { statisticVariables, trainableVariables } from '../networks/variables';
import { surveyLabels } from '../training/label-survey';
import type { EpochRecord } from '../training/progress';
import { type RunOptions, runDefaults } from '../training/run-options';
import { train } from '../training/train';
import { openGradients } from '../training/worker-gradients';
import { checkOutputs } from './check-outputs';
import { refuseProbabilities } from './find-logits';

export interface TrainTeacherOptions extends RunOptions {
  /** Trained in place. One output per task, in order; of a classification logits `[batch, classes]`. */
  model: LayersModel;
  input: InputDescription;
  tasks: readonly TaskDescription[];
  data: Dataset;
  /** Applied one after the other to every batch. */
  augmentations?: readonly Augmentation[];
}

/**
 * Ordinary supervised training of a network for several tasks: the sum of their losses, of classifications the
 * cross-entropies, in nats.
 *
 * @throws UnknownTaskError if the data does not label a task
 * @throws InvalidOptionError naming a task that is none, or an output that ends in softmax
 * @throws ShapeMismatchError if an output is not `[batch, classes]`
 * @throws LabelOutOfRangeError, NonFiniteLossError, CancelledError, WorkerFailedError
 */
export async function trainTeacher(options: TrainTeacherOptions): Promise<EpochRecord[]> {
  const { model, input, tasks, augmentations = [] } = options;
  const { kinds, epochs, batchSize, seed } = { ...runDefaults, ...options };
  checkTasks(tasks, ofKinds(kinds));
  checkOutputs(model, tasks, kinds);
  refuseProbabilities(model, tasks, kinds);
  const data = matchTasks(options.data, tasks, kinds);
  const { labels } = await surveyLabels(data, tasks, kinds);
  const unlabelled = tasks.find(({ name }) => labels[name] === undefined);
  if (unlabelled !== undefined) {
    throw new UnknownTaskError({ task: unlabelled.name, known: data.tasks.map(({ name }) => name) });
  }
  const variables = trainableVariables(model);
  const optimizer = options.optimizer ?? adam();
  const gradients = await openGradients([model], {
    workers: options.workers,
    batchSize: Math.min(batchSize, data.size),
  });
  return train({
    ...options,
    gradients,
    operation: 'train',
    variables,
    statistics: statisticVariables(model),
    examples: data.size,
    batchSize,
    epochs,
    seed,
    optimizer,
    fingerprint: JSON.stringify([
      'train',
      data.name,
      tasks,
      augmentations.map(({ name }) => name),
      { epochs, batchSize, seed, optimizer: [optimizer.name, optimizer.learningRate, optimizer.settings] },
      variables.map((variable) => variable.shape),
    ]),
    async prepare(indices, key) {
      const read = await data.read(indices);
      const stream = randomStream(seed, 'augmentation', key);
      const batch = augmentations.reduce(
        (changed, augmentation) => augmentation.apply(changed, data.imageShape, stream),
        read,
      );
      const { inputs, targets } = tidy(() => ({
        inputs: normalizeImages(imagesTensor(batch, data.imageShape), input),
        targets: tasks.map((task) =>
          kindOf(task, kinds).targets(task, batch.labels[task.name] as LabelValues),
        ),
      }));
      return {
        inputs: [[inputs]],
        compute(outputs) {
          const logits = outputs.flat() as Tensor[];
          const losses = tasks.map((task, index) => {
            const answers = { outputs: logits[index] as Tensor, targets: targets[index] as Tensor };
            return [task.name, kindOf(task, kinds).loss(answers)] as const;
          });
          return {
            loss: losses.map(([, loss]) => loss).reduce((sum, loss) => sum.add(loss)),
            terms: Object.fromEntries(losses),
          };
        },
        dispose: () => dispose([inputs, ...targets] as Tensor[]),
      };
    },
  }).finally(() => gradients.dispose());
}
