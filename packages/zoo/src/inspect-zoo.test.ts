import { useBackend } from '@factornet/core';
import { inspectModel } from '@factornet/core/internal';
import { encodeModel } from '@factornet/core/training';
import type { LayersModel } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutional } from './backbones/convolutional';
import { mobileNetV2 } from './backbones/mobile-net-v2';
import { residual } from './backbones/residual';
import { countMultiplyAdds } from './counts/count-multiply-adds';
import { stochasticEncoder } from './encoders/stochastic-encoder';
import { classificationHead } from './heads/classification-head';
import { multiTaskClassifier } from './heads/multi-task-classifier';

const request = { inputShape: [32, 32, 3], seed: 1, name: 'net' } as const;
const small = { stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] } as const;

const networks: Readonly<Record<string, () => LayersModel>> = {
  convolutional: () => convolutional({ filters: [4, 6], features: 5 }).create(request),
  'convolutional without features': () => convolutional({ filters: [4] }).create(request),
  residual: () => residual({ filters: [4, 8], blocksPerStage: 2 }).create(request),
  'residual of large pictures': () =>
    residual({ filters: [4, 8], stemStride: 2, features: 7 }).create({ ...request, inputShape: [65, 33, 1] }),
  MobileNetV2: () => mobileNetV2({ width: 0.1, ...small }).create(request),
  'MobileNetV2 with features': () =>
    mobileNetV2({ width: 0.1, features: 9 }).create({ ...request, inputShape: [64, 64, 3] }),
  'stochastic encoder': () =>
    stochasticEncoder({ backbone: residual({ filters: [4] }), features: 6, request }),
  head: () => classificationHead({ features: 6, classes: 3, seed: 1, name: 'net' }),
  'head with hidden layers': () =>
    classificationHead({ features: 6, classes: 3, hidden: [5, 4], seed: 1, name: 'net' }),
  'classifier of several tasks': () =>
    multiTaskClassifier({
      backbone: convolutional({ filters: [4] }),
      tasks: [
        { name: 'a', classes: 2 },
        { name: 'b', classes: 3 },
      ],
      hidden: [5],
      ...request,
    }),
};

describe('every network of the zoo may be packed', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(Object.entries(networks))('%s', async (_name, build) => {
    const network = build();
    const inspected = inspectModel(await encodeModel(network, 'weights.bin'), 'model.json');
    expect(inspected.inputs.map((shape) => [null, ...shape])).toEqual(
      network.inputs.map(({ shape }) => shape),
    );
    expect(inspected.outputs.map((shape) => [null, ...shape])).toEqual(
      network.outputs.map(({ shape }) => shape),
    );
    expect(inspected.parameters).toBe(network.countParams());
    expect(inspected.multiplyAdds).toBe(countMultiplyAdds(network));
    network.dispose();
  });
});
