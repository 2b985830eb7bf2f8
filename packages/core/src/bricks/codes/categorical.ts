import { InvalidOptionError } from '@factornet/spec';
import { range, type Tensor2D } from '@tensorflow/tfjs';
import type { Code } from './code';

export interface CategoricalOptions {
  /** What the one place that is not 0 holds; above 0. Default 15: large beside a standardised z, or heads do without it. */
  readonly scale?: number;
}

/**
 * A choice among K, hard: `t = scale · onehot(argmax a)`, a the network's output. Whatever the picture, t is one of K vectors,
 * so `I(anything; t) ≤ ln K`: by construction, and for what ships.
 *
 * @throws InvalidOptionError
 */
export function categorical({ scale = 15 }: CategoricalOptions = {}): Code {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new InvalidOptionError({ option: 'scale', expected: 'a number above 0', received: scale });
  }
  return {
    type: 'categorical',
    settings: { scale },
    outputLengths: (length) => [length],
    shippedOutputs: 1,
    capacity: (length) => Math.log(length),
    // Not by `oneHot`, which takes no K of 1.
    ship([given]) {
      const a = given as Tensor2D;
      const choice = a.argMax(1).expandDims(1);
      return choice.equal(range(0, a.shape[1], 1, 'int32')).mul(scale);
    },
    // Times a power of 2, which loses no digit, softmax is the choice itself, unless two are equal in every bit.
    layers: [
      { className: 'Rescaling', config: { scale: 2 ** 100, offset: 0 } },
      { className: 'Softmax', config: { axis: -1 } },
      { className: 'Rescaling', config: { scale, offset: 0 } },
    ],
  };
}
