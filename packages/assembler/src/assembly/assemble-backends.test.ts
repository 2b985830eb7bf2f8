import { disposeBrick, useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { type Tensor4D, tensor4d, zeros } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { assemble } from './assemble';

it('an assembly predicts on WASM what it predicts on the reference backend', async () => {
  const stream = randomStream(3, 'pictures');
  const pixels = Float32Array.from({ length: 4 * 32 * 32 * 3 }, () => stream.uniform());
  const predictOn = async (backend: 'cpu' | 'wasm') => {
    expect((await useBackend(backend)).name).toBe(backend);
    const common = await tinyCommon();
    const factors = [tinyFactor(common, SHAPE, 100), tinyFactor(common, HUE, 200)] as const;
    const assembly = await assemble(common, factors);
    const images = tensor4d(pixels, [4, 32, 32, 3]);
    const none = zeros([0, 32, 32, 3]) as Tensor4D;
    await expectNoLeak(() => assembly.predict(images));
    const predictions = await assembly.predict(images);
    expect((await assembly.predict(none))['object-hue'].labels).toEqual([]);
    images.dispose();
    none.dispose();
    assembly.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
    return predictions;
  };
  const [expected, received] = [await predictOn('cpu'), await predictOn('wasm')];
  for (const task of ['shape', 'object-hue'] as const) {
    expectCloseArrays(received[task].logits, expected[task].logits, { absolute: 1e-4 });
    expectCloseArrays(received[task].probabilities, expected[task].probabilities, { absolute: 1e-4 });
    expect(received[task].labels).toEqual(expected[task].labels);
  }
});
