import { useBackend } from '@factornet/core';
import { fillHeap } from '@factornet/core/testing';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { assemble } from './assemble';

const BATCH = 2560;

it('predicts in parts what finds no room in one piece, to the same bits', async () => {
  await useBackend('wasm');
  const common = await tinyCommon();
  const network = await assemble(common, [tinyFactor(common, SHAPE, 1)]);
  const values = Float32Array.from({ length: BATCH * 32 * 32 * 3 }, (_, index) => (index % 251) / 251);
  const images: Tensor4D = tensor4d(values, [BATCH, 32, 32, 3]);
  const whole = await network.predict(images);
  const once = network.commonEvaluations;
  const before = memory();
  const empty = fillHeap(66 * 2 ** 20);
  const parts = await network.predict(images);
  empty();
  expect(network.commonEvaluations - once).toBeGreaterThan(once + 1);
  const [some, all] = [parts, whole].map(({ shape }) => Buffer.from(shape.logits.buffer)) as [Buffer, Buffer];
  expect(some.equals(all)).toBe(true);
  expect(memory()).toMatchObject(before);
});
