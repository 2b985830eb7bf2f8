import { useBackend } from '@factornet/core';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { assemble } from './assemble';

it('predicts 120,000 pictures at once', async () => {
  await useBackend('wasm');
  const common = await tinyCommon();
  const network = await assemble(common, [tinyFactor(common, SHAPE, 2)]);
  const size = 32 * 32 * 3;
  const values = new Float32Array(120_000 * size);
  for (let index = 0; index < size; index++) values[119_999 * size + index] = (index % 7) / 7;
  const images: Tensor4D = tensor4d(values, [120_000, 32, 32, 3]);
  const all = (await network.predict(images)).shape;
  images.dispose();
  const classes = all.classes.length;
  expect(all.logits).toHaveLength(120_000 * classes);
  const last: Tensor4D = tensor4d(values.slice(-size), [1, 32, 32, 3]);
  const alone = (await network.predict(last)).shape;
  expect(all.logits.slice(-classes)).toEqual(alone.logits);
  expect(all.logits.slice(-classes)).not.toEqual(all.logits.slice(0, classes));
});
