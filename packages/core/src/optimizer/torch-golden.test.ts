import { dispose, setBackend, tensor1d, tidy, type Variable, variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOptimizer } from '../conformance/describe-optimizer';
import { expectCloseArrays } from '../testing/close-arrays';
import { adam } from './adam';
import { adamW } from './adam-w';
import { flatten } from './flat-variables';
import type { Optimizer } from './optimizer';
import { sgd } from './sgd';
import { onlyKernels } from './transformations/weight-decay';

beforeAll(() => setBackend('cpu'));

/** Six steps down `¼ Σ w⁴` with the learning rate of the optimizer; its gradient is w³. */
async function descend({ create, learningRate }: Optimizer): Promise<number[]> {
  const variables = tidy((): Variable[] => [
    variable(tensor1d([0.5, -1.5, 2, 1, -0.25, 1.75]).reshape([2, 3])),
    variable(tensor1d([0.75, -1.25])),
  ]);
  const running = create(variables);
  for (let step = 0; step < 6; step++) {
    tidy(() => running.apply(flatten(variables.map((each) => each.pow(3))), learningRate));
  }
  const weights = flatten(variables);
  const read = [...(await weights.data())];
  running.dispose();
  dispose([weights, ...variables]);
  return read;
}

/*
 * What PyTorch 1.13.1 makes of it:
 *
 *   k = torch.tensor([[0.5, -1.5, 2.0], [1.0, -0.25, 1.75]], requires_grad=True)
 *   b = torch.tensor([0.75, -1.25], requires_grad=True)
 *   for _ in range(6): o.zero_grad(); ((k ** 4).sum() / 4 + (b ** 4).sum() / 4).backward(); o.step()
 *
 * with `o` as named; where only kernels decay, [{'params': [k]}, {'params': [b], 'weight_decay': 0}].
 */
const decayed = { learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.1 };
/** PyTorch adds its 1e-8 to √v after the correction, so that ours counts for more: here neither counts. */
const epsilon = 1e-12;
const goldens: [string, Optimizer, number[]][] = [
  [
    'SGD(lr=0.05)',
    sgd({ learningRate: 0.05 }),
    [0.465708, -0.945413, 1.018317, 0.78126, -0.24542, 0.989944, 0.645391, -0.878502],
  ],
  [
    'SGD(lr=0.05, momentum=0.9)',
    sgd({ learningRate: 0.05, momentum: 0.9 }),
    [0.400807, 0.048466, -0.911507, 0.392289, -0.236492, -0.426619, 0.454258, -0.223323],
  ],
  [
    'SGD(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.1)',
    sgd(decayed),
    [0.342496, 0.025355, -0.678217, 0.316244, -0.208443, -0.308334, 0.375166, -0.180936],
  ],
  [
    'the same, of which only kernels decay',
    sgd({ ...decayed, decays: onlyKernels }),
    [0.342496, 0.025355, -0.678217, 0.316244, -0.208443, -0.308334, 0.427671, -0.242484],
  ],
  [
    'Adam(lr=0.1)',
    adam({ learningRate: 0.1, epsilon }),
    [0.032744, -0.931175, 1.420435, 0.456408, 0.127081, 1.174835, 0.233456, -0.690809],
  ],
  [
    'AdamW(lr=0.1, weight_decay=0.5)',
    adamW({ learningRate: 0.1, epsilon, weightDecay: 0.5 }),
    [-0.012626, -0.635445, 0.990561, 0.292876, 0.126894, 0.812073, 0.132488, -0.461739],
  ],
  [
    'the same, of which only kernels decay',
    adamW({ learningRate: 0.1, epsilon, weightDecay: 0.5, decays: onlyKernels }),
    [-0.012626, -0.635445, 0.990561, 0.292876, 0.126894, 0.812073, 0.233456, -0.690809],
  ],
  [
    'AdamW(lr=0.1, betas=(0.5, 0.8), weight_decay=0.5)',
    adamW({ learningRate: 0.1, beta1: 0.5, beta2: 0.8, epsilon, weightDecay: 0.5 }),
    [0.087105, -0.696723, 1.043956, 0.367706, 0.019503, 0.868931, 0.217941, -0.528802],
  ],
];

describe.each(goldens)('%s of PyTorch', (_name, optimizer, expected) => {
  it('takes these steps', async () => {
    expectCloseArrays(await descend(optimizer), expected, { absolute: 3e-6 });
  });
});

describeOptimizer('adam', () => adam({ learningRate: 0.05 }));
describeOptimizer('adamW', () => adamW({ learningRate: 0.05 }));
describeOptimizer('adamW on kernels', () => adamW({ learningRate: 0.05, decays: onlyKernels }));
describeOptimizer('sgd', () => sgd({ learningRate: 0.05 }));
describeOptimizer('sgd with all it has', () => sgd({ ...decayed, weightDecay: 1e-3, decays: onlyKernels }));

it('tells optimizers of other settings apart, for checkpoints', () => {
  const told = [
    adam(),
    adam({ beta1: 0.5 }),
    adamW(),
    adamW({ weightDecay: 0.1 }),
    adamW({ decays: onlyKernels }),
  ];
  told.push(sgd(), sgd({ momentum: 0.9 }), sgd({ momentum: 0.9, nesterov: true }));
  const texts = told.map(({ name, settings }) => JSON.stringify([name, settings]));
  expect(new Set(texts).size).toBe(told.length);
});
