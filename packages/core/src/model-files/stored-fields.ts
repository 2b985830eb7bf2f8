import type { io } from '@tensorflow/tfjs';

/** Whether a field of a layer's configuration, in either spelling, names a constraint of weights. */
export const isConstraint = (field: string) => /(_c|C)onstraint$/.test(field);

/**
 * One field of a topology as it is stored, for `JSON.stringify`: no constraints, and the `depth_multiplier` that
 * TensorFlow.js 4.22 leaves out of a SeparableConv2D, without which its weights do not fit it.
 *
 * @param weights of the model
 */
export function storedField(
  field: string,
  value: unknown,
  weights: readonly io.WeightsManifestEntry[],
): unknown {
  if (isConstraint(field)) return null;
  const { class_name: className, config } = (value ?? {}) as LayerJson;
  if (className !== 'SeparableConv2D' || config === undefined) return value;
  const kernel = weights.find(({ name }) => name === `${config.name}/depthwise_kernel`);
  const multiplier = kernel?.shape.at(-1);
  // Not for 1, which it is without, so that digests stay what they were.
  if (multiplier === undefined || multiplier === 1) return value;
  return { ...(value as object), config: { ...config, depth_multiplier: multiplier } };
}

interface LayerJson {
  readonly class_name?: unknown;
  readonly config?: { readonly name?: unknown };
}
