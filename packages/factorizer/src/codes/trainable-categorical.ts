import { type CategoricalOptions, categorical } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { linearOutput } from '@factornet/zoo';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TrainableCode } from './trainable-code';

/**
 * {@link categorical} with a place for each class: the code is the factor's own answer. What trains it is that answer
 * (`taskInformation`), since no gradient passes through the choice itself; the head learns with what was chosen.
 */
export const trainableCategorical = (options: CategoricalOptions = {}): TrainableCode => {
  const code = categorical(options);
  return {
    ...code,
    answers: true,
    lengthFor({ task }) {
      if (isClassification(task)) return task.classes.length;
      const received = `the task "${task.name}", "${task.type}"`;
      const expected = 'a code for tasks of that kind: categorical() has a place for each class';
      throw new InvalidOptionError({ option: 'code', expected, received });
    },
    outputs: linearOutput,
    encode(outputs, noise) {
      const [answer] = outputs as readonly [Tensor2D];
      return { sample: code.ship([answer], () => noise), answer };
    },
  };
};
