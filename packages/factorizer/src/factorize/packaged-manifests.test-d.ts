import { planAssembly } from '@factornet/assembler';
import { type CommonNetwork, normalizeImages } from '@factornet/core';
import { picturesTensor } from '@factornet/core/internal';
import { probeLayout } from '@factornet/core/probes';
import type { Dataset } from '@factornet/data';
import type { CommonPackage, FactorPackage, InputDescription, TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import type { LayersModel, Tensor4D } from '@tensorflow/tfjs';
import { describe, expectTypeOf, it } from 'vitest';
import { layersTeacher } from '../teacher/layers-teacher';
import { trainFactor } from './train-factor';

declare const ckn: CommonPackage;
declare const shape: FactorPackage;
declare const network: LayersModel;
declare const images: Tensor4D;
declare const data: Dataset;
declare const specific: Backbone;

/** As a generated `index.d.ts` has them. */
const input = {
  shape: [32, 32, 3],
  layout: 'NHWC',
  normalization: { mean: [0.5, 0.5, 0.5], standardDeviation: [0.2, 0.2, 0.2] },
} as const;
const task = {
  name: 'shape',
  type: 'classification',
  classes: ['circle', 'square'],
  labelSpace: { name: 'shapes', classes: ['circle', 'square', 'star'], indices: [0, 1] },
} as const;

describe('what a package says of itself', () => {
  it('is taken where what is in memory is', () => {
    expectTypeOf(input).toExtend<InputDescription>();
    expectTypeOf(task).toExtend<TaskDescription>();
    const common: CommonNetwork = { kind: 'common', description: ckn.manifest, network };
    normalizeImages(images, input);
    normalizeImages(images, ckn.manifest.input);
    picturesTensor(new Uint8Array(), ckn.manifest.input);
    probeLayout(ckn.manifest);
    probeLayout(shape.manifest);
    planAssembly({ common: ckn, factors: [shape] });
    void trainFactor({ common, data, task, specific });
    void trainFactor({ common, data, task: shape.manifest.task, specific });
    layersTeacher({ name: 'a', model: network, input, tasks: [task, shape.manifest.task], taps: [] });
  });

  it('keeps the length of what has one, and is changed by nobody', () => {
    expectTypeOf(ckn.manifest.input.shape).toEqualTypeOf<readonly [number, number, number]>();
    // @ts-expect-error a picture has three sizes
    normalizeImages(images, { ...input, shape: [32, 32] });
    // @ts-expect-error it is a package's
    ckn.manifest.input.shape[0] = 1;
  });
});
