import { type CommonNetwork, disposeBrick, normalizeImages } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { setBackend, type Tensor, type TensorContainer, tidy, util } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyCommon, tinyData, tinyInput } from '../testing/tiny';
import type { ProgressEvent } from '../training/progress';
import { createCommonPart, frozenCommonPart, type Offers } from './common-part';
import { freezeCommon } from './freeze-common';

beforeAll(() => setBackend('cpu'));

// More than one batch of a pass.
const data = tinyData(70);
const indices = Int32Array.of(69, 3, 3, 0);

function brickWithMap(): CommonNetwork {
  const { network, features, maps } = createCommonPart(tinyCommon(), {
    input: tinyInput,
    seed: 1,
    maps: ['block-1'],
  });
  const description = { input: tinyInput, features: { shape: [features] }, maps };
  return { kind: 'common', description, network } as unknown as CommonNetwork;
}

async function numbersOf({ features, maps }: Offers): Promise<unknown> {
  const read = async (tensor: Tensor) => [tensor.shape, await tensor.data()];
  return [await read(features), await Promise.all(Object.values(maps).map(read)), Object.keys(maps)];
}

describe('freezeCommon', () => {
  it('offers what the network does, in any order, repeats included, without running it again', async () => {
    const brick = brickWithMap();
    const images = imagesTensor(await data.read(indices), data.imageShape);
    const picture = tidy(() => normalizeImages(images, tinyInput));
    const offered = (offer: () => Offers) =>
      numbersOf(tidy(() => offer() as unknown as TensorContainer) as never);
    const expected = await offered(() => frozenCommonPart(brick).offer({ indices, picture }));
    const kept = await freezeCommon(brick, data, {});
    const anew = await freezeCommon(brick, data, { bytes: 1000 });
    expect(await offered(() => anew.offer({ indices, picture }))).toEqual(expected);
    disposeBrick(brick);
    expect(await offered(() => kept.offer({ indices }))).toEqual(expected);
    expect([kept.kept, anew.kept]).toEqual([true, false]);
  });

  it('keeps nothing beyond its limit, and says so', async () => {
    const brick = brickWithMap();
    const notes: string[] = [];
    const onProgress = (event: ProgressEvent) => event.type === 'note' && notes.push(event.message);
    const { features, maps } = frozenCommonPart(brick);
    const numbers = features + maps.reduce((sum, { shape }) => sum + util.sizeFromShape([...shape]), 0);
    const bytes = 4 * 70 * numbers;
    expect((await freezeCommon(brick, data, { bytes, onProgress })).kept).toBe(true);
    expect(notes).toEqual([]);
    expect((await freezeCommon(brick, data, { bytes: bytes - 1, onProgress })).kept).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/70 examples takes .* MB, more than .* MB/)]);
    disposeBrick(brick);
  });

  it('stops on request, and leaves no tensor behind', async () => {
    const brick = brickWithMap();
    await expectNoLeak(() => freezeCommon(brick, data, {}).then(() => undefined));
    const stopped = freezeCommon(brick, data, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
    disposeBrick(brick);
  });
});
