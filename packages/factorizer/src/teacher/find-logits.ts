import { randomStream } from '@factornet/core/training';
import {
  type InputDescription,
  InvalidOptionError,
  type TaskDescription,
  type TaskKind,
} from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { dispose, type LayersModel, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs';
import { areProbabilities, endingOf, type LogitsSource, logitsSource } from './output-logits';

/** Pictures on which outputs are looked at whose topology does not tell what they are. */
const PICTURES = 4;

/**
 * Where each output's logits come from; outputs that the topology does not explain are judged by their values. Outputs of a
 * kind that makes no probabilities of them are the answer as they are.
 */
export async function findLogits(
  model: LayersModel,
  { shape }: InputDescription,
  tasks: readonly TaskDescription[],
  kinds: readonly TaskKind[],
): Promise<LogitsSource[]> {
  const endings = model.outputs.map((output, index) =>
    hasLogits(tasks[index] as TaskDescription, kinds) ? endingOf(output) : 'linear',
  );
  if (endings.includes('unknown')) {
    const size = PICTURES * shape.reduce((product, length) => product * length, 1);
    const outputs = tidy(() => {
      const pictures = tensor4d(randomStream(0, 'teacher-outputs').normals(size), [PICTURES, ...shape]);
      return [model.predictOnBatch(pictures)].flat();
    });
    for (const [index, output] of outputs.entries()) {
      if (endings[index] !== 'unknown') continue;
      const columns = model.outputs[index]?.shape[1] as number;
      if (areProbabilities(await output.data<'float32'>(), columns)) endings[index] = 'softmax';
    }
    dispose(outputs as Tensor[]);
  }
  return model.outputs.map((output, index) => logitsSource(output, endings[index] ?? 'unknown'));
}

/** @throws InvalidOptionError for a network to be trained whose outputs are no logits, where its task's kind takes those */
export function refuseProbabilities(
  { outputs }: LayersModel,
  tasks: readonly TaskDescription[],
  kinds: readonly TaskKind[],
): void {
  for (const [index, output] of outputs.entries()) {
    const ending = endingOf(output);
    if (!hasLogits(tasks[index] as TaskDescription, kinds)) continue;
    if (ending !== 'softmax' && ending !== 'sigmoid') continue;
    throw new InvalidOptionError(
      {
        option: `model.outputs[${index}]`,
        expected: 'logits',
        received: `${output.name}, which ends in ${ending}`,
      },
      { hint: 'Leave the last activation out: the loss is computed from logits.' },
    );
  }
}

/** Whether probabilities are made of what a task's outputs are. */
export function hasLogits(task: TaskDescription, kinds: readonly TaskKind[]): boolean {
  return kindOf(task, kinds).probabilities !== undefined;
}
