import { type CategoricalOptions, categorical } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { linearOutput } from '@factornet/zoo';
import { customGrad, type Tensor2D, zerosLike } from '@tensorflow/tfjs';
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
      // No gradient passes through a choice, and TensorFlow.js has none of some operations that make it.
      const choose = customGrad((given) => ({
        value: code.ship([given as Tensor2D], () => noise),
        gradFunc: () => zerosLike(given as Tensor2D),
      }));
      return { sample: choose(answer) as Tensor2D, answer };
    },
  };
};
