import type { Critic, CriticEstimator } from '@factornet/mi';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { PreparedTerm, TermRequest } from './objective-term';
import { readTap } from './require-taps';
import { runBound } from './running-bound';
import { selectTaps } from './select-taps';

export interface CommonScores {
  readonly term: string;
  readonly bound: CriticEstimator;
  readonly critic: Critic;
  readonly taps: readonly string[] | undefined;
}

/** The mean over taps of what a bound makes of a critic's scores of the tap and z, in nats. */
export function scoreCommon(
  { term, bound, critic, taps }: CommonScores,
  { tapShapes, commonFeatures, seed }: TermRequest,
): PreparedTerm {
  const chosen = selectTaps({ term, tapShapes, taps, maps: Number.POSITIVE_INFINITY, vectors: true });
  const running = chosen.map((tap) => ({
    tap,
    network: critic.create({
      xFeatures: tapShapes[tap]?.[0] ?? 0,
      yFeatures: commonFeatures,
      seed,
      name: `critic/${tap}`,
    }),
    bound: runBound(bound, { yFeatures: commonFeatures, seed, name: `critic/${tap}` }),
  }));
  return {
    variables: running.flatMap((each) => [...each.network.variables, ...each.bound.variables]),
    state: running.flatMap((each) => each.bound.state),
    evaluate: ({ teacherFeatures, common }) =>
      tidy(() => {
        const values = running.map((each) => {
          const features = readTap(teacherFeatures, each.tap);
          return each.bound.evaluate(each.network.scores(features, common), common);
        });
        return addN(values).div(values.length) as Scalar;
      }),
    dispose: () => {
      for (const each of running) {
        each.network.dispose();
        each.bound.dispose();
      }
    },
  };
}
