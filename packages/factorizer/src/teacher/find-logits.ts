import { randomStream } from '@factornet/core/training';
import { type InputDescription, InvalidOptionError } from '@factornet/spec';
import { dispose, type LayersModel, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs';
import { areProbabilities, endingOf, type LogitsSource, logitsSource } from './output-logits';

/** Pictures on which outputs are looked at whose topology does not tell what they are. */
const PICTURES = 4;

/** Where each output's logits come from; outputs that the topology does not explain are judged by their values. */
export async function findLogits(model: LayersModel, { shape }: InputDescription): Promise<LogitsSource[]> {
  const endings = model.outputs.map(endingOf);
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

/** @throws InvalidOptionError for a network to be trained whose outputs are no logits */
export function refuseProbabilities({ outputs }: LayersModel): void {
  for (const [index, output] of outputs.entries()) {
    const ending = endingOf(output);
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
