import { type GaussianEstimator, gaussianKL } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import {
  addN,
  type Scalar,
  stack,
  type Tensor1D,
  tensor1d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs';
import { gaussianCodes } from './gaussian-codes';
import type { ObjectiveTerm, TermRequest } from './objective-term';
import { trainedValue } from './trained-value';

export interface RateTargetOptions {
  /** What each code is to tell about the picture, as a share of what its label has to tell: `rate · H(y)` nats. Default 1. */
  rate?: number;
  /** β of every code in the first step. Default 0.15. */
  start?: number;
  /** How much log β moves in a step, at most: where a code tells twice the target or more. Default 0.05. */
  speed?: number;
  /** An upper bound on I(x; t) from the moments of q(t|x). Default `gaussianKL()`. */
  bound?: GaussianEstimator;
}

/** Share of the newest batch in the moving average of the rates. */
const NEWEST = 0.1;
/** Where β stays, whatever the rate: the objective's other terms are of the order of a nat. */
const BETA_LIMITS = [1e-4, 10] as const;

/**
 * A bottleneck that finds its own weights: `Σ_j β_j · I(x; t_j)`, by an upper bound, where each β_j is the Lagrange
 * multiplier of the constraint `I(x; t_j) = R_j`, with `R_j = rate · H(y_j)`. Dual ascent on log β_j, once a step:
 *
 * `log β_j ← log β_j + speed · clip(m_j / R_j − 1, −1, 1)`, with `m_j` a moving average of the code's rate,
 *
 * so that a code above its target is pressed harder, and one below is let go. Reports `Σ_j I(x; t_j)` in nats. Takes the
 * place of `bottleneck()`; its weight is 1, since β is in it.
 *
 * Its `prepare` throws InvalidOptionError for a task whose labels have no entropy, which is no target.
 *
 * @throws InvalidOptionError for options that are not above 0
 * @example
 * const objective = [supervision(), taskInformation(), rateTarget({ rate: 1.2 })];
 *
 * Source: Rezende, Viola, arXiv 1810.00597, with the rate constrained in place of the distortion.
 */
export function rateTarget({
  rate = 1,
  start = 0.15,
  speed = 0.05,
  bound = gaussianKL(),
}: RateTargetOptions = {}): ObjectiveTerm {
  for (const [option, received] of Object.entries({ rate, start, speed })) {
    if (received > 0 && Number.isFinite(received)) continue;
    throw new InvalidOptionError({ option, expected: 'a finite number above 0', received });
  }
  const limits = BETA_LIMITS.map(Math.log) as [number, number];
  return {
    name: 'rate-target',
    weight: 1,
    sense: 'minimise',
    needs: [],
    settings: { bound: bound.name, rate, start, speed },
    prepare(request) {
      const targets = targetsOf(request, rate);
      const [logWeights, average] = tidy(() => [
        variable(tensor1d(targets.map(() => Math.log(start))), false),
        variable(tensor1d(targets), false),
      ]) as [Variable, Variable];
      /** One step of dual ascent; the weights that it leads to, constants to the gradient. */
      const ascend = (rates: Tensor1D): Tensor1D => {
        const next = average.mul(1 - NEWEST).add(rates.mul(NEWEST));
        average.assign(next);
        const excess = next.div(tensor1d(targets)).sub(1).clipByValue(-1, 1);
        logWeights.assign(logWeights.add(excess.mul(speed)).clipByValue(...limits));
        return logWeights.exp() as Tensor1D;
      };
      return {
        variables: [],
        state: [logWeights, average],
        evaluate: ({ factors }) =>
          tidy(() => {
            const codes = gaussianCodes(factors);
            const rates = codes.map((code) => bound.value(code));
            const surrogates = stack(codes.map((code) => bound.surrogate(code)));
            const weighted = surrogates.mul(ascend(stack(rates) as Tensor1D)).sum() as Scalar;
            return trainedValue(addN(rates) as Scalar, weighted);
          }),
        dispose: () => {
          logWeights.dispose();
          average.dispose();
        },
      };
    },
  };
}

function targetsOf({ tasks, codes, labelEntropy }: TermRequest, rate: number): number[] {
  const refuse = (reason: string): never => {
    const expected = `without a rate target for ${reason}`;
    throw new InvalidOptionError({ option: 'objective', expected, received: 'rate-target' });
  };
  return tasks.map(({ name }) => {
    const nats = labelEntropy[name] as number;
    const code = codes[name];
    if (!code?.gaussian) {
      return refuse(`the task "${name}", whose code is ${code?.type}: its capacity is its limit`);
    }
    if (nats > 0) return rate * nats;
    return refuse(`the task "${name}", whose labels have no entropy to aim at`);
  });
}
