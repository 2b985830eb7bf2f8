import { InvalidOptionError } from '@factornet/spec';
import { exp, matMul, type Scalar, scalar, type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs';
import type { Critic } from '../critic';
import { limitFromAbove } from './limit-from-above';
import { createProjection } from './projection';
import { uniqueVariable } from './unique-variable';

export interface CosineCriticOptions {
  /** Length of the vectors compared. Default 64. */
  embedding?: number;
  /** Units of the hidden ReLU layers of both projections; `[]` for linear ones. Default [128]. */
  hidden?: readonly number[];
  temperature?: {
    /** T at the start, at least 0.01. Default 0.1. */
    initial?: number;
    /** Whether T is trained. Default true. */
    learned?: boolean;
  };
}

const LARGEST_LOG_SCALE = Math.log(100);

/**
 * The cosine of projected features over a temperature, `f(x, y) = ⟨u(x), v(y)⟩ / (‖u(x)‖ ‖v(y)‖ T)`.
 *
 * `|f| ≤ 1/T`, so Donsker–Varadhan cannot exceed `2/T` nats: at T = 1 that is 2 nats. By default T starts at
 * 0.1 and `log(1/T)` is learned, used up to log 100.
 *
 * @throws InvalidOptionError if the initial temperature is below 0.01
 *
 * Source: Radford et al., arXiv 2103.00020 (CLIP).
 */
export function cosineCritic({
  embedding = 64,
  hidden = [128],
  temperature: { initial = 0.1, learned = true } = {},
}: CosineCriticOptions = {}): Critic {
  if (!(initial >= 0.01)) {
    throw new InvalidOptionError({
      option: 'temperature.initial',
      expected: 'a number of at least 0.01',
      received: initial,
    });
  }
  return {
    name: 'cosine',
    create({ xFeatures, yFeatures, seed, name }) {
      const x = createProjection({ sizes: [xFeatures, ...hidden, embedding], seed, name: `${name}/x` });
      const y = createProjection({ sizes: [yFeatures, ...hidden, embedding], seed, name: `${name}/y` });
      const logScale = learned ? [uniqueVariable(scalar(-Math.log(initial)), `${name}/log-scale`)] : [];
      const variables: readonly Variable[] = [...x.variables, ...y.variables, ...logScale];
      return {
        scores: (left, right) =>
          tidy(() => {
            const cosines = matMul(normalise(x.apply(left)), normalise(y.apply(right)), false, true);
            const [trained] = logScale;
            const scale =
              trained === undefined
                ? scalar(1 / initial)
                : exp(limitFromAbove(trained as Scalar, LARGEST_LOG_SCALE));
            return cosines.mul(scale) as Tensor2D;
          }),
        embeddings: (left, right) => ({ x: x.apply(left), y: y.apply(right) }),
        variables,
        dispose: () => {
          for (const variable of variables) variable.dispose();
        },
      };
    },
  };
}

/** Rows of unit length. The constant keeps the gradient of a row of zeros finite. */
function normalise(rows: Tensor2D): Tensor2D {
  return rows.mul(rows.square().sum(1, true).add(1e-12).rsqrt()) as Tensor2D;
}
