import { InvalidOptionError } from '@factornet/spec';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone } from '../backbone';

/** Something an encoder reads, and the backbone that makes features of it. */
export interface EncoderReading {
  /** `picture`, or the name of a map. */
  readonly from: string;
  /** `[height, width, channels]` */
  readonly shape: readonly [number, number, number];
  readonly backbone: Backbone;
}

export interface CodeEncoderOptions {
  /** At least one; inputs of the model are in this order. */
  readonly reads: readonly EncoderReading[];
  /** Initial weights are a function of this seed alone. */
  readonly seed: number;
  /** Prefix of every layer name. */
  readonly name: string;
  /** The model's outputs, of all backbones' features side by side, `[batch, Σ features]`. */
  readonly outputs: (features: SymbolicTensor, request: { seed: number; name: string }) => SymbolicTensor[];
}

/**
 * A task-specific network: one backbone for each thing it reads, their features side by side, and what a code makes of them,
 * e.g. `gaussianOutputs`. The backbone of a picture has the name of the network as its prefix, others `${name}/${from}`.
 *
 * @throws InvalidOptionError if it reads nothing
 *
 * @example
 * const encoder = codeEncoder({
 *   reads: [{ from: 'picture', shape: [32, 32, 3], backbone: convolutional({ filters: [8, 16] }) }],
 *   outputs: (features, request) => gaussianOutputs(features, { ...request, length: 32 }),
 *   seed: 1,
 *   name: 'shape',
 * });
 * const [mean, logVariance] = encoder.predict(images) as Tensor2D[];
 */
export function codeEncoder({ reads, seed, name, outputs }: CodeEncoderOptions): LayersModel {
  if (reads.length === 0) {
    throw new InvalidOptionError({ option: 'reads', expected: 'something to read', received: reads });
  }
  const parts = reads.map(({ from, shape, backbone }) => {
    const prefix = from === 'picture' ? name : `${name}/${from}`;
    const part = backbone.create({ inputShape: shape, seed, name: prefix });
    return { input: part.inputs[0] as SymbolicTensor, features: part.outputs[0] as SymbolicTensor };
  });
  const features =
    parts.length === 1
      ? (parts[0]?.features as SymbolicTensor)
      : (layers
          .concatenate({ name: `${name}/join`, axis: -1 })
          .apply(parts.map((part) => part.features)) as SymbolicTensor);
  return model({ name, inputs: parts.map(({ input }) => input), outputs: outputs(features, { seed, name }) });
}
