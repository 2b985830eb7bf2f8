import {
  type Code,
  type CommonNetwork,
  categorical,
  concatenate,
  type FactorNetwork,
  type Fusion,
} from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { modelDigest } from '@factornet/core/training';
import { type ClassificationTask, type FactorReading, PICTURE } from '@factornet/spec';
import {
  initializers,
  layers,
  model,
  type SymbolicTensor,
  tensor4d,
  input as tfInput,
  tidy,
} from '@tensorflow/tfjs';

// Small real networks that offer maps and read them.

const BACKBONE = { name: 'tiny', options: {} };
const PROVENANCE = { data: 'shapes, seed 1', objective: [], seed: 1, backend: 'cpu' };
const FEATURES = 6;
const INPUT = {
  shape: [16, 16, 3] as [number, number, number],
  layout: 'NHWC' as const,
  normalization: { mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] },
};

/** Pictures `[batch, 16, 16, 3]` to z `[batch, 6]`, standardised, and the maps `block-1` `[8, 8, 4]` and `block-2` `[4, 4, 5]`. */
export async function commonWithMaps(seed = 1): Promise<CommonNetwork> {
  const inputs = tfInput({ shape: INPUT.shape, name: 'common/pictures' });
  const first = convolution('common/one', 4, seed, inputs);
  const second = convolution('common/two', 5, seed + 1, first);
  const features = dense('common/dense', FEATURES, seed + 2, flatten('common/flat', second));
  const standardised = layers.batchNormalization({ name: 'common/z', center: false, scale: false });
  const network = model({
    name: 'common',
    inputs,
    outputs: [standardised.apply(features) as SymbolicTensor, first, second],
  });
  return {
    kind: 'common',
    network,
    description: {
      input: INPUT,
      features: { shape: [FEATURES] },
      maps: [
        { name: 'block-1', shape: [8, 8, 4] },
        { name: 'block-2', shape: [4, 4, 5] },
      ],
      backbone: BACKBONE,
      parameters: network.countParams(),
      representation: await modelDigest(network),
      provenance: PROVENANCE,
    },
  };
}

export interface ReadingFactorOptions {
  readonly seed?: number;
  readonly code?: Code;
  /** Length of t. Default the number of classes. */
  readonly length?: number;
  readonly fusion?: Fusion;
}

/** A factor that reads these, `picture` or maps of the network, in this order. */
export function readingFactor<Task extends ClassificationTask>(
  { description: { input, maps, features, representation } }: CommonNetwork,
  task: Task,
  from: readonly string[],
  { seed = 10, code = categorical(), length: liked, fusion = concatenate() }: ReadingFactorOptions = {},
): FactorNetwork<Task> {
  const [width] = features.shape;
  const length = fusion.codeLength(width, liked ?? task.classes.length);
  const reads = from.map((name): FactorReading => {
    const shape = name === PICTURE ? input.shape : maps.find((map) => map.name === name)?.shape;
    return { from: name, shape: shape ?? [1, 1, 1], backbone: BACKBONE };
  });
  const inputs = reads.map((read) => tfInput({ shape: [...read.shape], name: `specific/${read.from}` }));
  const flat = inputs.map((each, index) => {
    const name = `specific/${index}`;
    return flatten(`${name}/flat`, convolution(name, 3, seed + index, each));
  });
  const joined = flat.length === 1 ? flat[0] : layers.concatenate({ name: 'specific/joined' }).apply(flat);
  const outputs = code
    .outputLengths(length)
    .map((each, index) => dense(`specific/out-${index}`, each, seed + 10 + index, joined as SymbolicTensor));
  const specific = model({ name: 'specific', inputs, outputs });
  const fused = tfInput({ shape: [fusion.headLength(width, length)], name: 'head/fused' });
  const head = model({
    name: 'head',
    inputs: fused,
    outputs: dense('head/logits', task.classes.length, seed + 20, fused),
  });
  return {
    kind: 'factor',
    code,
    fusion,
    specific,
    head,
    description: {
      task,
      fusion: { type: fusion.type },
      reads,
      code: manifestOfCode(code, length),
      parameters: specific.countParams() + head.countParams(),
      report: { accuracy: 0.9 },
      provenance: PROVENANCE,
      representation,
    },
  };
}

/** Random pictures for {@link commonWithMaps}, `[count, 16, 16, 3]` in [0, 1]. */
export function picturesForMaps(count: number) {
  const [height, width, channels] = INPUT.shape;
  const size = count * height * width * channels;
  // Steps of an irrational length: spread over [0, 1), and the same everywhere.
  const values = Float32Array.from({ length: size }, (_, index) => (index * Math.SQRT2) % 1);
  return tidy(() => tensor4d(values, [count, height, width, channels]));
}

function convolution(name: string, filters: number, seed: number, from: SymbolicTensor): SymbolicTensor {
  const layer = layers.conv2d({
    name,
    filters,
    kernelSize: 3,
    strides: 2,
    padding: 'same',
    activation: 'relu',
    kernelInitializer: initializers.heNormal({ seed }),
  });
  return layer.apply(from) as SymbolicTensor;
}

const flatten = (name: string, from: SymbolicTensor) =>
  layers.flatten({ name }).apply(from) as SymbolicTensor;

function dense(name: string, units: number, seed: number, from: SymbolicTensor): SymbolicTensor {
  const kernelInitializer = initializers.glorotNormal({ seed });
  return layers.dense({ name, units, kernelInitializer }).apply(from) as SymbolicTensor;
}
