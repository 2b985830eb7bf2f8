import { convolutional } from '@factornet/zoo';
import { expect, test } from 'vitest';
import { parseArchitecture } from '../options/architecture';
import { type BackboneFlags, createBackbone } from './create-backbone';

const create = async (text?: string, given?: readonly number[], flags?: Partial<BackboneFlags>) =>
  (
    await createBackbone({
      architecture: text === undefined ? undefined : parseArchitecture('--arch', text),
      filters: { option: '--filters', given, otherwise: [4, 8, 16] },
      pooling: 'flatten',
      features: 10,
      ...flags,
    })
  ).options;

test('without an architecture a network is convolutional, 5×5 first, and halves the picture in every block', async () => {
  const shared = { strides: 2, pooling: 'flatten', features: 10 } as const;
  const expected = convolutional({ filters: [4, 8, 16], kernelSize: [5, 3, 3], ...shared }).options;
  expect(await create()).toEqual(expected);
  expect(await create('convolutional')).toEqual(expected);
  expect(await create(undefined, [6])).toEqual(
    convolutional({ filters: [6], kernelSize: [5], ...shared }).options,
  );
});

test('an architecture says what flags would, and flags what it does not', async () => {
  expect(await create('convolutional:filters=6+7,strides=1+2,pooling=average,features=3')).toEqual(
    convolutional({ filters: [6, 7], kernelSize: [5, 3], strides: [1, 2], pooling: 'average', features: 3 })
      .options,
  );
  expect(await create('residual', [6, 7])).toMatchObject({ filters: [6, 7], features: 10 });
  expect(await create('residual:filters=6,blocks-per-stage=2')).toMatchObject({
    filters: [6],
    blocksPerStage: 2,
  });
  expect(await create('mobileNetV2:width=0.5')).toMatchObject({ width: 0.5, features: 10 });
});

test('a flag that would change nothing is refused', async () => {
  await expect(create('residual:filters=6', [7])).rejects.toThrow(
    /--filters must be left out, since the architecture has its own/,
  );
  await expect(create('mobileNetV2', [7])).rejects.toThrow(/left out, since mobile-net-v2 has none/);
});
