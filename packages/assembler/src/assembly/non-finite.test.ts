import { disposeBrick, useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import type { NonFiniteOutputError } from '@factornet/spec';
import { fill, type LayersModel, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

beforeAll(() => useBackend('cpu'));

const space = { name: 'all', classes: ['circle', 'square', 'star', 'red', 'green', 'blue', 'grey'] };
const shape = { ...SHAPE, labelSpace: { ...space, indices: [0, 1, 2] } };
const hue = { ...HUE, labelSpace: { ...space, indices: [3, 4, 5, 6] } };

/** Gives a layer weights that are finite, and whose sums are not. */
function overflow(model: LayersModel, layer: string, value: number): void {
  tidy(() => {
    const found = model.getLayer(layer);
    found.setWeights(found.getWeights().map((weight) => fill(weight.shape, value)));
  });
}

async function networks(of: 'hue' | 'both', value: number) {
  const common = await tinyCommon();
  const factors = [tinyFactor(common, shape), tinyFactor(common, hue, 20)].map((factor) => ({
    ...factor,
    description: { ...factor.description, logitScale: 1 },
  }));
  const [, last] = factors;
  if (of === 'hue') overflow((last as (typeof factors)[0]).head, 'logits', value);
  else overflow(common.network, 'features', value);
  const network = await assemble(common, factors);
  const pictures = fill([2, 32, 32, 3], 0.9) as Tensor4D;
  return {
    network,
    pictures,
    dispose: () => [common, ...factors].forEach(disposeBrick),
  };
}

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: NonFiniteOutputError) => error,
  );

describe.each([3e38, -3e38])('an assembly with weights of %f', (value) => {
  it('names the factor that answers no numbers, and no class', async () => {
    const { network, pictures, dispose } = await networks('hue', value);
    for (const attempt of [network.predict(pictures), network.predictJoint(pictures, 'all' as never)]) {
      expect(await failure(attempt)).toMatchObject({
        code: 'non-finite-output',
        source: 'the factor "object-hue"',
        picture: 0,
      });
    }
    await expectNoLeak(() => failure(network.predict(pictures)));
    // Without it, the other one answers.
    const { shape: told } = await network.remove('object-hue').predict(pictures);
    expect(told?.labels).toHaveLength(2);
    pictures.dispose();
    network.dispose();
    dispose();
  });

  it('says so where the common-knowledge network is the cause', async () => {
    const { network, pictures, dispose } = await networks('both', value);
    expect(await failure(network.predict(pictures))).toMatchObject({ code: 'non-finite-output' });
    pictures.dispose();
    network.dispose();
    dispose();
  });
});

it('a joint distribution whose scale is beyond float32 names no class', async () => {
  const common = await tinyCommon();
  // Two, since one by itself is taken as it is.
  const factors = [tinyFactor(common, shape), tinyFactor(common, hue, 20)].map((factor) => ({
    ...factor,
    description: { ...factor.description, logitScale: 1e300 },
  }));
  const network: Assembly = await assemble(common, factors);
  const pictures = fill([1, 32, 32, 3], 0.9) as Tensor4D;
  expect((await network.predict(pictures)).shape?.labels).toHaveLength(1);
  expect(await failure(network.predictJoint(pictures, 'all'))).toMatchObject({ source: 'all' });
  pictures.dispose();
  network.dispose();
  for (const brick of [common, ...factors]) disposeBrick(brick);
});
