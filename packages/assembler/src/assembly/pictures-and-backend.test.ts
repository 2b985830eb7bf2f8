import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { BackendUnavailableError, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tidy } from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PackedNetworks, packNetworks, randomPictures } from '../testing/packed-networks';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

let networks: PackedNetworks;
let assembly: Assembly;
let images: Tensor4D;

beforeAll(async () => {
  await useBackend('cpu');
  networks = await packNetworks((name) => name);
  assembly = await assemble(networks.common, [networks.shape]);
  images = randomPictures(2);
});
afterAll(async () => {
  images.dispose();
  assembly.dispose();
  await networks.remove();
});

describe('pictures that are not what a network takes', () => {
  const scaled =
    /images must be a float32 tensor with values in \[0, 1\], but is .*\nTake pixels as tf\.browser/;

  it.each<[string, () => unknown, RegExp]>([
    ['a canvas', () => ({ width: 32, height: 32, getContext: () => null }), scaled],
    ['whole numbers from 0 to 255', () => images.mul(255).toInt(), scaled],
    ['numbers from 0 to 255', () => images.mul(255), scaled],
    [
      'four channels',
      () =>
        images.pad([
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 1],
        ]),
      /Leave out alpha: images\.slice/,
    ],
    ['one picture, no batch', () => images.slice([0], [1]).squeeze([0]), /images\.expandDims\(0\)/],
  ])('%s', async (_, make, says) => {
    const wrong = tidy(() => make() as Tensor4D);
    const classes: unknown[] = [InvalidOptionError, ShapeMismatchError];
    await expectNoLeak(async () => {
      const error = await assembly.predict(wrong).catch((reason: Error) => reason);
      expect(classes).toContain((error as Error).constructor);
      expect((error as Error).message).toMatch(says);
    });
    wrong.dispose?.();
  });

  it('what the message says to do is accepted', async () => {
    const pixels = tidy(() => images.mul(255).toInt() as Tensor4D);
    const right = tidy(() => pixels.toFloat().div(255) as Tensor4D);
    expect((await assembly.predict(right)).shape?.labels).toHaveLength(2);
    pixels.dispose();
    right.dispose();
  });

  it('a little more than 1, as resizing leaves it, is none of these', async () => {
    const bright = tidy(() => images.add(0.3) as Tensor4D);
    expect((await assembly.predict(bright)).shape?.labels).toHaveLength(2);
    bright.dispose();
  });
});

describe('the backend of an assembly', () => {
  afterEach(async () => {
    vi.restoreAllMocks();
    await useBackend('cpu');
  });
  const broken = { name: 'gone', activate: () => Promise.reject(new Error('not here')) };

  it('is told', async () => {
    expect(assembly.backend).toBe('cpu');
    await useBackend('wasm');
    expect(assembly.backend).toBe('wasm');
  });

  it('is said, where it is not the one that was asked for', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await expect(useBackend('gone', { candidates: [broken] })).rejects.toThrow(BackendUnavailableError);
    (await assemble(networks.common, [networks.shape])).dispose();
    expect(warn.mock.calls).toEqual([['useBackend could not give "gone": this assembly runs on "cpu".']]);
    await useBackend('cpu');
    (await assemble(networks.common, [networks.shape])).dispose();
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
