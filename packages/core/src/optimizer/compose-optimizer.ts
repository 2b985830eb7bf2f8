import { InvalidOptionError } from '@factornet/spec';
import { dispose, keep, type Tensor1D, tidy, zerosLike } from '@tensorflow/tfjs';
import { checkNumber } from './check-number';
import { assignFlat, flatten } from './flat-variables';
import type { Optimizer } from './optimizer';
import type { Step, Transformation } from './transformation';

/**
 * An optimizer out of transformations of the gradient, each of which sees what the one before it made:
 * `weights ← weights − rate · scale · direction`. All variables are joined into one vector: a dozen kernel calls a step
 * whatever their number, where those of TensorFlow.js make a dozen for each (half of a step's time on networks as small
 * as factors).
 *
 * @throws InvalidOptionError if two transformations remember something under the same name, or the rate is no number from 0
 * @example
 * composeOptimizer({ name: 'heavy-ball', learningRate: 0.1 }, [momentum({ momentum: 0.9 })]);
 *
 * Source: the composition is that of Optax, github.com/google-deepmind/optax.
 */
export function composeOptimizer(
  description: Pick<Optimizer, 'name' | 'learningRate' | 'settings'>,
  transformations: readonly Transformation[],
): Optimizer {
  checkNumber('learningRate', description.learningRate);
  const names = transformations.flatMap(({ remembers }) => remembers);
  if (new Set(names).size < names.length) {
    const expected = 'ones that remember under different names';
    throw new InvalidOptionError({ option: 'transformations', expected, received: names });
  }
  return {
    ...description,
    create(variables) {
      const parts = transformations.map((each) => each.create(variables));
      const byName = (vectorOf: (name: string) => Tensor1D) =>
        Object.fromEntries(names.map((name) => [name, vectorOf(name)]));
      let weights = flatten(variables);
      let remembered = byName(() => zerosLike(weights));
      let completed = 0;
      const release = () => dispose([weights, ...Object.values(remembered)]);
      return {
        apply(gradient, rate) {
          const moment = { rate, step: completed + 1 };
          const next = tidy(() => {
            let step: Step = { weights, direction: gradient, scale: 1 };
            const nextRemembered: typeof remembered = {};
            for (const part of parts) {
              const [after, vectors] = part.apply(step, remembered, moment);
              step = after;
              Object.assign(nextRemembered, vectors);
            }
            const nextWeights = step.weights.sub<Tensor1D>(step.direction.mul(rate * step.scale));
            // The last that may find no room: a step is taken as a whole, or not at all.
            assignFlat(variables, nextWeights);
            for (const vector of [nextWeights, ...Object.values(nextRemembered)]) keep(vector);
            return { weights: nextWeights, remembered: nextRemembered };
          });
          completed += 1;
          release();
          ({ weights, remembered } = next);
        },
        state: () => new Map(Object.entries(remembered)),
        restore(state, completedSteps) {
          completed = completedSteps;
          release();
          weights = flatten(variables);
          remembered = byName((name) => (state.get(name) as Tensor1D).clone());
        },
        dispose() {
          release();
          for (const part of parts) part.dispose?.();
        },
      };
    },
  };
}
