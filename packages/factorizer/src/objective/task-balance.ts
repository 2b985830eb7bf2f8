import {
  customGrad,
  ones,
  type Scalar,
  stack,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs';

/** Shares the attention of a training run among tasks whose losses press on the same network. */
export interface TaskBalance {
  /** The moving averages, `[tasks]`: part of checkpoints. */
  readonly state: readonly Variable[];
  /**
   * `Σ_t w_t · loss_t`, the weights constants to the gradient. Advances the averages by one step.
   *
   * @param errors the loss of each task by its labels, in nats; on or off the tape
   */
  weigh(losses: readonly Scalar[], errors: readonly Scalar[]): Scalar;
  dispose(): void;
}

/** Of each average that the newest batch replaces. */
const RATE = 0.05;
/** Added to each average, in nats: a task that is solved keeps some weight. */
const LEAST = 0.02;

/**
 * Weights in proportion to what tasks still get wrong: `w_t = T · (e_t + 0.02) / Σ (e + 0.02)` for T tasks, `e_t` the moving
 * average of a task's error, `e ← 0.95 e + 0.05 error`, from 1 on. They add up to T, so that learning rates mean what they
 * do without. An average below 0, as densities give, counts as 0.
 */
export function balanceTasks(tasks: number): TaskBalance {
  const average = tidy(() => variable(ones([tasks]), false));
  return {
    state: [average],
    weigh: (losses, errors) =>
      tidy(() => {
        // What is made inside is not on the tape, so nothing flows into the weights.
        const weighted = customGrad((given, save) => {
          const newest = stack([...errors]).mul(RATE);
          average.assign(average.mul(1 - RATE).add(newest));
          const shares = average.maximum(0).add(LEAST);
          const weights = shares.div(shares.mean());
          (save as (tensors: Tensor[]) => void)([weights]);
          return {
            value: (given as Tensor1D).mul(weights).sum(),
            gradFunc: (slope: Tensor, [saved]: Tensor[]) => (saved as Tensor).mul(slope),
          };
        });
        return weighted(stack([...losses])) as Scalar;
      }),
    dispose: () => average.dispose(),
  };
}
