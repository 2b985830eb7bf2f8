import type { JointPlan } from './plan-joint';

/**
 * Puts the logits of the factors of a joint distribution side by side, on the scale on which they compare:
 * `[batch * classes]`, in the order of the label space.
 *
 * @param logits of the plan's factors, each `[batch * its classes]`
 */
export function joinLogits(
  { columns }: JointPlan,
  logits: readonly Float32Array[],
  batch: number,
): Float32Array {
  const joined = new Float32Array(batch * columns.length);
  columns.forEach(({ factor, logit, scale }, column) => {
    const own = logits[factor] as Float32Array;
    for (let picture = 0; picture < batch; picture++) {
      const value = own[picture * (own.length / batch) + logit] as number;
      joined[picture * columns.length + column] = scale * value;
    }
  });
  return joined;
}
