import type { UntrainedNetworks } from '@factornet/example-pipeline/pack-untrained';
import { input, testData, together } from '@factornet/example-quickstart/settings';
import { convolutional, residual } from '@factornet/zoo';

const { tasks } = testData();

/** The quickstart's, untrained: what a page has to load and to compute is the same. */
export const quickstartNetworks: UntrainedNetworks = {
  scope: '@quickstart',
  input,
  common: together.common(),
  specific: together.specific(),
  tasks,
};

/** Networks whose golden probes are run on every backend, besides the quickstart's. */
export const probedNetworks: readonly UntrainedNetworks[] = [
  {
    scope: '@tiny',
    input,
    common: convolutional({ filters: [4, 8], strides: 2, features: 8 }),
    specific: convolutional({ filters: [4, 8], strides: 2, features: 8 }),
    tasks: tasks.slice(0, 1),
  },
  {
    scope: '@resnet-20',
    input,
    common: residual({ filters: [16, 32, 64], blocksPerStage: 3 }),
    specific: residual({ filters: [4, 8, 16], blocksPerStage: 3 }),
    tasks: tasks.slice(0, 1),
  },
];
