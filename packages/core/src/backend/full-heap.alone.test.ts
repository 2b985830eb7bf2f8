import { BackendUnavailableError, HeapFullError } from '@factornet/spec';
import {
  backend,
  conv2d,
  engine,
  matMul,
  memory,
  ones,
  type Scalar,
  setBackend,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
  variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../random/random-stream';
import { fillHeap } from '../testing/fill-heap';
import { useBackend } from './use-backend';

const MEGABYTE = 2 ** 20;

function caught(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}

let empty: (() => void) | undefined;
beforeAll(async () => {
  await useBackend('wasm');
});
afterEach(() => {
  empty?.();
  empty = undefined;
});

describe('a WASM heap that is full', () => {
  it('refuses one more tensor with its size, and leaves the others as they were', async () => {
    const live = tensor([1, 2, 3, 4]);
    const before = { ...memory(), dataIds: backend().numDataIds() };
    empty = fillHeap(40 * MEGABYTE);
    const values = new Float32Array(4 * MEGABYTE).fill(7);
    const tensors: Tensor[] = [];
    const error = caught(() => {
      for (let count = 0; count < 16; count++) tensors.push(tensor(values));
    });
    expect(tensors).toHaveLength(2);
    expect(HeapFullError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ requested: 16 * MEGABYTE });
    expect((error as HeapFullError).heap).toBeGreaterThan(3.4 * 2 ** 30);
    for (const each of tensors) each.dispose();
    expect([...(await live.data())]).toEqual([1, 2, 3, 4]);
    expect({ ...memory(), dataIds: backend().numDataIds() }).toMatchObject(before);
    const sum = live.add(live);
    expect([...(await sum.data())]).toEqual([2, 4, 6, 8]);
    sum.dispose();
    live.dispose();
  });

  it('refuses what has more bytes than an address has bits, which malloc would take the rest of', () => {
    const bytes = 2 ** 32 + 64;
    const { wasm } = backend() as unknown as { wasm: { _malloc(bytes: number): number } };
    expect(caught(() => wasm._malloc(bytes))).toMatchObject({ code: 'heap-full', requested: bytes });
  });

  it('hands out no byte twice, whatever is asked for near its end', () => {
    const { wasm } = backend() as unknown as {
      wasm: { HEAPU8: Uint8Array; _malloc(bytes: number): number; _free(address: number): void };
    };
    const stream = randomStream(1, 'sizes');
    const live: { start: number; end: number }[] = [];
    let refused = 0;
    for (let turn = 0; turn < 2000; turn++) {
      const bytes = 2 ** (10 + stream.integer(20)) + stream.integer(2 ** 10);
      try {
        const start = wasm._malloc(bytes) >>> 0;
        live.push({ start, end: start + bytes });
      } catch {
        refused += 1;
        const [freed] = live.splice(stream.integer(live.length), 1);
        wasm._free(freed?.start ?? 0);
      }
    }
    live.sort((one, other) => one.start - other.start);
    expect(refused).toBeGreaterThan(100);
    expect(
      live.every(
        ({ start, end }, index) => end <= (live[index + 1]?.start ?? wasm.HEAPU8.length) && start > 0,
      ),
    ).toBe(true);
    for (const { start } of live) wasm._free(start);
  });

  it('can be filled to its end in small pieces, without an abort', async () => {
    empty = fillHeap(0);
    const tensors: Tensor[] = [];
    const error = caught(() => {
      for (let count = 0; count < 5000; count++) tensors.push(tensor(new Float32Array(1024)));
    });
    expect(HeapFullError.isInstance(error)).toBe(true);
    for (const each of tensors) each.dispose();
    empty();
    empty = undefined;
    const sum = tensor([1, 2]).sum();
    expect([...(await sum.data())]).toEqual([3]);
  });

  it.each([
    [
      'a dense layer',
      () => [ones([1, 1024]), ones([1024, 1024])] as const,
      (a: Tensor, b: Tensor) => matMul(a, b),
      1024,
    ],
    [
      'a convolution',
      () => [ones([1, 2, 2, 512]), ones([1, 1, 512, 2048])] as const,
      (a: Tensor, b: Tensor) => conv2d(a as Tensor4D, b as Tensor4D, 1, 'same'),
      512,
    ],
  ])('says when XNNPACK finds no room to pack the weights of %s', async (_name, make, run, expected) => {
    const [one, other] = make();
    const before = { ...memory(), dataIds: backend().numDataIds() };
    const undo = fillHeap(1.5 * MEGABYTE);
    const errors = [caught(() => run(one, other)), caught(() => run(one, other))];
    undo();
    for (const error of errors) expect(error).toMatchObject({ code: 'heap-full', requested: undefined });
    expect({ ...memory(), dataIds: backend().numDataIds() }).toMatchObject(before);
    const product = run(one, other);
    expect(new Set(await product.data())).toEqual(new Set([expected]));
    for (const each of [one, other, product]) each.dispose();
  });

  it('releases what a gradient that failed half-way had made', async () => {
    const weights = variable(ones([3, 3, 8, 8]));
    const pictures: Tensor4D = ones([8, 32, 32, 8]);
    const loss = () => {
      let value = pictures;
      for (let depth = 0; depth < 6; depth++) value = conv2d(value, weights as Tensor4D, 1, 'same').relu();
      return value.mean() as Scalar;
    };
    for (const left of [1, 2, 3, 4, 5, 6]) {
      const before = { ...memory(), dataIds: backend().numDataIds() };
      const undo = fillHeap(left * MEGABYTE);
      const error = caught(() => tidy(() => variableGrads(loss)));
      undo();
      expect(error, `${left} MB`).toMatchObject({ code: 'heap-full' });
      expect({ ...memory(), dataIds: backend().numDataIds() }).toMatchObject(before);
    }
    const { value, grads } = variableGrads(loss);
    expect((await value.data())[0]).toBeGreaterThan(0);
    expect(Object.keys(grads)).toHaveLength(1);
  });
});

describe('a kernel that traps', () => {
  it('takes the trust from the backend: all later calls say so', async () => {
    const before = tensor([1, 2, 3, 4]);
    const { wasm } = backend() as unknown as { wasm: { asm: { dynCall_jiji(...values: number[]): void } } };
    // A call of no function, as of an operator that was never made.
    const error = caught(() => wasm.asm.dynCall_jiji(0, 0, 0, 0, 0));
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(engine().state.kernelDepth).toBe(0);
    for (const later of [() => before.add(1), () => tensor([1]), () => ones([2]).sum()]) {
      expect(caught(later)).toMatchObject({ code: 'backend-unavailable' });
    }
    await expect(before.data()).rejects.toMatchObject({ code: 'backend-unavailable' });
    before.dispose();
    await expect(useBackend('wasm')).rejects.toThrow(/nothing it holds is to be trusted.*\n.*Restart/s);
    expect((await useBackend()).name).toBe('cpu');
    await setBackend('cpu');
  });
});
