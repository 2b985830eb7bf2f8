import type { RegressionEstimator } from '@factornet/mi';
import { addN, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { ReadingMoments } from '../teacher/reading-moments';
import type { PreparedTerm, TermRequest } from './objective-term';
import { runRegression } from './regression-information';
import { readTap } from './require-taps';
import { selectTaps } from './select-taps';

export interface CommonRegression {
  readonly term: string;
  readonly bound: RegressionEstimator;
  readonly taps: readonly string[] | undefined;
}

/** The mean over taps of what z tells about each, through a linear read-out of it, in nats per dimension. */
export function regressCommon(
  { term, bound, taps }: CommonRegression,
  { tapShapes, tapMoments, commonFeatures, seed }: TermRequest,
): PreparedTerm {
  const chosen = selectTaps({ term, tapShapes, taps, maps: 2, vectors: true });
  const regressions = chosen.map((tap) =>
    runRegression({
      bound,
      moments: tapMoments[tap] as ReadingMoments,
      inputs: commonFeatures,
      seed,
      name: `${term}/${tap}`,
    }),
  );
  return {
    variables: regressions.flatMap(({ variables }) => variables),
    evaluate: ({ teacherFeatures, common }) =>
      tidy(() => {
        const nats = regressions.map((regression, index) => {
          const features = readTap(teacherFeatures, chosen[index] as string);
          const [rows] = features.shape;
          return regression.evaluate(common, features.reshape<Tensor2D>([rows, -1]));
        });
        return addN(nats).div(nats.length) as Scalar;
      }),
    dispose: () => {
      for (const regression of regressions) regression.dispose();
    },
  };
}
