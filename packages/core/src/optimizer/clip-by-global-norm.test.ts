import { dispose, type Tensor1D, tensor1d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { randomStream } from '../random/random-stream';
import { expectCloseArrays } from '../testing/close-arrays';
import { expectNoLeak } from '../testing/no-leak';
import { clipByGlobalNorm } from './clip-by-global-norm';

async function clip(values: ArrayLike<number>, maximum = 5) {
  const whole = tensor1d(Float32Array.from(values)) as Tensor1D;
  const { gradient, norm } = clipByGlobalNorm(maximum)(whole);
  const read = { gradient: [...(await gradient.data())], norm: (await norm.data())[0] as number };
  dispose([whole, gradient, norm]);
  return read;
}

describe.each(['cpu', 'wasm'] as const)('clipByGlobalNorm on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([1e-45, 1e-30, 1e-20, 1e-12, 1, 1e12, 1e20, 1e25, 5e37])(
    'tells how long [3, 4] · %d is, and shortens it to 5 or leaves it',
    async (size) => {
      const given = Float32Array.from([3 * size, 4 * size]);
      const length = Math.hypot(...given);
      const { gradient, norm } = await clip(given);
      expectCloseArrays([norm], [length], { absolute: 2e-45, relative: 1e-6 });
      const scale = Math.min(1, 5 / length);
      expectCloseArrays(
        gradient,
        [...given].map((value) => value * scale),
        { absolute: 2e-45, relative: 1e-6 },
      );
    },
  );

  it('rounds an ordinary gradient as often as `g · 1 / max(1, ‖g‖ / maximum)` does', async () => {
    for (const size of [1e-9, 1e-3, 0.1, 3, 1e4]) {
      const values = Float32Array.from(
        randomStream(3, 'gradient', size).normals(1000),
        (value) => value * size,
      );
      const whole = tensor1d(values);
      const norm = whole.square().sum().sqrt();
      const expected = whole.mul(norm.div(5).maximum(1).reciprocal());
      const { gradient, norm: found } = await clip(values);
      expect(gradient).toEqual([...(await expected.data())]);
      expect(found).toBe((await norm.data())[0]);
      dispose([whole, norm, expected]);
    }
  });

  it('leaves zeros, and everything where there is no limit', async () => {
    expect(await clip([0, 0])).toEqual({ gradient: [0, 0], norm: 0 });
    expect((await clip([300, -400], Number.POSITIVE_INFINITY)).gradient).toEqual([300, -400]);
    expectCloseArrays((await clip([0.3, 0.4], 1e-25)).gradient, [6e-26, 8e-26], {
      absolute: 0,
      relative: 1e-6,
    });
  });

  it('says that a gradient is not finite, wherever it is not', async () => {
    for (const others of [0, 1, 1e25]) {
      expect((await clip([others, Number.NaN, 1])).norm).toBeNaN();
      expect((await clip([others, Number.NEGATIVE_INFINITY])).norm).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('leaves no tensor behind', () => expectNoLeak(() => clip([3, 4])));
});
