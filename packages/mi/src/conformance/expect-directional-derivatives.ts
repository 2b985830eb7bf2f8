import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { grad, type Scalar, type Tensor, tensor, tidy } from '@tensorflow/tfjs';

/**
 * Holds the gradient of `evaluate` at `point` to central differences along random directions: as strict as one
 * difference per element, for a fraction of the evaluations. Disposes of `point`.
 */
export async function expectDirectionalDerivatives(
  evaluate: (input: Tensor) => Scalar,
  point: Tensor,
  { directions = 3, step = 0.02 } = {},
): Promise<void> {
  const random = randomStream(3, 'directions');
  const pairs = tidy(() => {
    const gradient = grad(evaluate)(point);
    const results: Tensor[] = [];
    for (let index = 0; index < directions; index++) {
      const direction = tensor(random.normals(point.size), point.shape);
      const at = (shift: number) => evaluate(point.add(direction.mul(shift)));
      results.push(
        gradient.mul(direction).sum(),
        at(step)
          .sub(at(-step))
          .div(2 * step),
      );
    }
    return results;
  });
  const values = await Promise.all(pairs.map(async (scalar) => (await scalar.data())[0] as number));
  for (const scalar of [point, ...pairs]) scalar.dispose();
  // What differences of 32-bit numbers at this step are good for.
  expectCloseArrays(
    values.filter((_, index) => index % 2 === 0),
    values.filter((_, index) => index % 2 === 1),
    { absolute: 2e-3, relative: 5e-3 },
  );
}
