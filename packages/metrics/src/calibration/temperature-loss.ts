import type { FeatureMatrix } from '@factornet/core/samples';

/** A function of β, and how it changes there. */
export interface TemperatureLoss {
  /** In nats, summed over examples. */
  readonly value: number;
  /** d value / d β. */
  readonly slope: number;
  /** d² value / d β², never below 0: the value is convex. */
  readonly curvature: number;
}

/**
 * `Σ_i Σ_k −targets[i,k] · log softmax(β · logits[i])[k]` as a function of β = 1 / T. With `p = softmax(β l)` and
 * `w_i = Σ_k targets[i,k]`, the slope is `Σ_i w_i · E_p[l] − Σ_k targets[i,k] · l_k`, the curvature `Σ_i w_i · Var_p[l]`.
 *
 * @param logits `[examples, classes]`
 * @param targets `[examples, classes]`
 */
export function temperatureLoss(
  logits: FeatureMatrix,
  targets: FeatureMatrix,
): (beta: number) => TemperatureLoss {
  const { rows, columns } = logits;
  return (beta) => {
    let [value, slope, curvature] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      let [weight, wanted, greatest] = [0, 0, Number.NEGATIVE_INFINITY];
      for (let column = 0; column < columns; column++) {
        const logit = logits.data[row * columns + column] as number;
        const target = targets.data[row * columns + column] as number;
        weight += target;
        wanted += target * logit;
        greatest = Math.max(greatest, logit);
      }
      if (weight === 0) continue;
      // Of logits less the greatest, so that no exponential is above 1, nor a variance the difference of large numbers.
      let [total, first, second] = [0, 0, 0];
      for (let column = 0; column < columns; column++) {
        const below = (logits.data[row * columns + column] as number) - greatest;
        const share = Math.exp(beta * below);
        total += share;
        first += share * below;
        second += share * below * below;
      }
      const mean = first / total;
      value += weight * (Math.log(total) + beta * greatest) - beta * wanted;
      slope += weight * (mean + greatest) - wanted;
      curvature += weight * Math.max(0, second / total - mean * mean);
    }
    return { value, slope, curvature };
  };
}
