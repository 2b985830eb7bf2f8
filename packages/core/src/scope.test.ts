import { type Tensor, tensor1d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend/use-backend';
import { withScope } from './scope';
import { expectNoLeak } from './testing/no-leak';

beforeAll(async () => {
  await useBackend('cpu');
});

describe('withScope', () => {
  it('returns what the body returns and disposes of what it kept, nested containers included', async () => {
    let kept: Tensor[] = [];
    const values = await withScope(async (scope) => {
      const one = scope.keep(tensor1d([1, 2]));
      const { pair } = scope.keep({ pair: [tensor1d([3]), tensor1d([4])] });
      kept = [one, ...pair];
      return [...(await one.data())];
    });
    expect(values).toEqual([1, 2]);
    expect(kept.map((tensor) => tensor.isDisposed)).toEqual([true, true, true]);
  });

  it('leaves alive what the body did not keep', async () => {
    const tensor = await withScope(async () => tensor1d([1]));
    expect(tensor.isDisposed).toBe(false);
    tensor.dispose();
  });

  it('hands errors on', async () => {
    await expect(
      withScope(async () => {
        throw new Error('out of luck');
      }),
    ).rejects.toThrow('out of luck');
  });

  it('copes with a tensor that the body kept twice or disposed of itself', async () => {
    await expectNoLeak(() =>
      withScope(async (scope) => {
        const tensor = scope.keep(scope.keep(tensor1d([1])));
        tensor.dispose();
      }),
    );
  });

  it('leaks nothing, on success and on error', async () => {
    const work = (fail: boolean) =>
      withScope(async (scope) => {
        const squares = scope.keep(scope.keep(tensor1d([1, 2])).square());
        await squares.data();
        if (fail) throw new Error('half-way');
      });
    await expectNoLeak(() => work(false));
    await expectNoLeak(() => work(true).catch(() => {}));
  });
});
