import { type CommonMap, type FactorReading, PICTURE } from '@factornet/spec';
import type { LayersModel, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { FactorModels } from './bricks';
import type { CodeNoise } from './codes/code';
import { seededNoise } from './codes/seeded-noise';
import { runModel, runOutputs } from './run-model';

// How codes and logits come about: `logits = head(fusion(z, t))`. Call these within `tf.tidy`.

/** What factors may read of a batch of pictures. */
export interface CommonOutputs {
  /** The pictures themselves, normalized, `[batch, height, width, channels]`. */
  readonly picture: Tensor;
  /** z, `[batch, features]`. */
  readonly features: Tensor2D;
  /** By name, `[batch, height, width, channels]`. */
  readonly maps: Readonly<Record<string, Tensor>>;
}

/**
 * What a common-knowledge network makes of normalized pictures: z and its maps, computed in one pass.
 *
 * @param maps those that are wanted, of the network's own in its order; all by default
 */
export function commonOutputs(
  { network, maps }: { readonly network: LayersModel; readonly maps: readonly Pick<CommonMap, 'name'>[] },
  picture: Tensor,
): CommonOutputs {
  const [features, ...rest] = runOutputs(network, [picture], 1 + maps.length);
  return {
    picture,
    features: features as Tensor2D,
    maps: Object.fromEntries(maps.map(({ name }, index) => [name, rest[index] as Tensor])),
  };
}

/** What the inputs of a task-specific network take, in its order. */
export function readingsOfFactor(
  reads: readonly Pick<FactorReading, 'from'>[],
  { picture, maps }: Pick<CommonOutputs, 'picture' | 'maps'>,
): Tensor4D[] {
  return reads.map(({ from }) => (from === PICTURE ? picture : maps[from]) as Tensor4D);
}

/**
 * The code that a factor ships with, `[batch, code]`.
 *
 * @param noise for a code that ships a sample; by default of seed 0
 */
export function codeOf(
  { code, description, specific }: Pick<FactorModels, 'code' | 'description' | 'specific'>,
  offered: Pick<CommonOutputs, 'picture' | 'maps'>,
  noise: CodeNoise = seededNoise(),
): Tensor2D {
  const outputs = runOutputs(specific, readingsOfFactor(description.reads, offered), code.shippedOutputs);
  return code.ship(outputs as Tensor2D[], noise);
}

/**
 * `head(fusion(z, t))`: a factor's logits, `[batch, classes]`.
 *
 * @param z the common features, `[batch, features]`
 * @param code t, `[batch, code]`
 * @param training on the tape, with the layers in training mode; default false
 */
export function factorLogits(
  { fusion, head }: Pick<FactorModels, 'fusion' | 'head'>,
  z: Tensor2D,
  code: Tensor2D,
  training = false,
): Tensor2D {
  const fused = fusion.fuse(z, code);
  return training ? (head.apply(fused, { training }) as Tensor2D) : runModel(head, fused);
}
