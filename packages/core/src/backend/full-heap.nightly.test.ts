import { memory, type Tensor, tensor } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { useBackend } from './use-backend';

it('sixteen tensors of 256 MB: the last is refused, and a live [1, 2, 3, 4] stays what it is', async () => {
  await useBackend('wasm');
  const live = tensor([1, 2, 3, 4]);
  const before = memory().numTensors;
  const values = new Float32Array(2 ** 26).fill(7);
  const tensors: Tensor[] = [];
  let error: unknown;
  try {
    for (let count = 0; count < 16; count++) tensors.push(tensor(values));
  } catch (thrown) {
    error = thrown;
  }
  expect(tensors).toHaveLength(13);
  expect(error).toMatchObject({ code: 'heap-full' });
  expect((error as Error).message).toMatch(/^The WASM heap of \d{10} bytes is full: .* 268435456 more\./);
  expect([...(await live.data())]).toEqual([1, 2, 3, 4]);
  for (const each of tensors) each.dispose();
  expect(memory().numTensors).toBe(before);
  const doubled = live.add(live);
  expect([...(await doubled.data())]).toEqual([2, 4, 6, 8]);
});
