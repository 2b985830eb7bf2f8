import {
  averagePositions,
  commonInformation,
  type ObjectiveTerm,
  type Projector,
  referenceCommonInformation,
  referenceProjector,
} from '@factornet/factorizer';
import { type Critic, cosineCritic } from '@factornet/mi';
import { addN, matMul, type Scalar, scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';

/** Cosines `[batch, batch]` that an InfoMax term compares a tap and z by. */
type Cosines = (features: Tensor2D, common: Tensor2D) => Tensor2D;

/** An InfoMax term, and two terms of weight 0 that only report its cosines: of pairs, and of strangers. */
export interface WatchedInfoMax {
  readonly term: ObjectiveTerm;
  readonly watchers: readonly ObjectiveTerm[];
}

/** Ours: InfoNCE, whose critic compares projections of both sides. */
export function watchedCommonInformation(weight: number): WatchedInfoMax {
  const seen = new Map<string, Cosines>();
  const own = cosineCritic();
  const critic: Critic = {
    ...own,
    create(request) {
      const network = own.create(request);
      const logScale = network.variables.find(({ name }) => name.includes('log-scale'));
      if (logScale === undefined) throw new Error('the critic has no learned temperature');
      seen.set(request.name.replace('critic/', ''), (features, common) =>
        network.scores(features, common).div(logScale.minimum(Math.log(100)).exp()),
      );
      return network;
    },
  };
  return { term: commonInformation({ weight, critic }), watchers: watch(seen) };
}

/** The authors': their loss of projected taps and z as it is. */
export function watchedReferenceCommonInformation(weight: number): WatchedInfoMax {
  const seen = new Map<string, Cosines>();
  const own = referenceProjector();
  const projector: Projector = {
    ...own,
    create(request) {
      const network = own.create(request);
      seen.set(request.name.replace('projector/', ''), (features, common) =>
        matMul(normalise(network.apply(features)), normalise(common), false, true),
      );
      return network;
    },
  };
  return { term: referenceCommonInformation({ weight, projector }), watchers: watch(seen) };
}

function normalise(rows: Tensor2D): Tensor2D {
  return rows.div(rows.square().sum(1, true).add(1e-12).sqrt());
}

function watch(seen: ReadonlyMap<string, Cosines>): ObjectiveTerm[] {
  const report = (name: string, read: (cosines: Tensor2D) => Scalar): ObjectiveTerm => ({
    name,
    weight: 0,
    sense: 'minimise',
    needs: ['trainable-common', 'teacher'],
    reads: averagePositions,
    prepare: () => ({
      variables: [],
      evaluate: ({ teacherFeatures, common }) =>
        tidy(() => {
          const means = [...seen].map(([tap, cosines]) =>
            read(cosines(teacherFeatures[tap] as Tensor2D, common)),
          );
          return addN(means).div(scalar(means.length)) as Scalar;
        }),
      dispose: () => {},
    }),
  });
  return [
    report('cosine-of-pairs', (cosines) => diagonalSum(cosines).div(cosines.shape[0])),
    report('cosine-of-strangers', (cosines) => {
      const batch = cosines.shape[0];
      return cosines
        .sum()
        .sub(diagonalSum(cosines))
        .div(batch * (batch - 1));
    }),
  ];
}

function diagonalSum(square: Tensor2D): Scalar {
  const batch = square.shape[0];
  // Every (batch + 1)-th number of the flat matrix, once it is padded to whole rows.
  return square
    .flatten()
    .pad([[0, batch]])
    .reshape([batch, batch + 1])
    .slice([0, 0], [batch, 1])
    .sum();
}
