import { referenceInfoMax } from '@factornet/mi';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from '../objective-term';
import { readTap, requireTaps } from '../require-taps';
import { averagePositions } from '../tap-reading';
import { type Projector, referenceProjector } from './reference-projector';

export interface ReferenceCommonInformationOptions {
  /** λ_feat. Default 1. */
  weight?: number;
  /** One is made for each tap. Default `referenceProjector()`, the authors'. */
  projector?: Projector;
}

/**
 * The InfoMax **loss of the authors' code**, for comparison with `commonInformation()`: per tap `referenceInfoMax` of
 * the projected teacher's features and z, averaged over the taps, minimised.
 *
 * No bound, and not in nats of anything: its least value is where all projected features and all z are the same, with
 * opposite signs, so it presses towards collapse (see `referenceInfoMax` of `@factornet/mi`).
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, with `InfoMax_loss` as published.
 */
export function referenceCommonInformation({
  weight = 1,
  projector = referenceProjector(),
}: ReferenceCommonInformationOptions = {}): ObjectiveTerm {
  const term = 'reference-common-information';
  return {
    name: term,
    weight,
    sense: 'minimise',
    needs: ['trainable-common', 'teacher'],
    reads: averagePositions,
    settings: { projector: projector.name },
    prepare({ tapShapes, commonFeatures, seed }) {
      requireTaps(tapShapes, term);
      const taps = Object.entries(tapShapes).map(([tap, [inputs = 0]]) => ({
        tap,
        network: projector.create({ inputs, outputs: commonFeatures, seed, name: `projector/${tap}` }),
      }));
      return {
        variables: taps.flatMap(({ network }) => network.variables),
        evaluate: ({ teacherFeatures, common }) =>
          tidy(() => {
            const losses = taps.map(({ tap, network }) => {
              const features = readTap(teacherFeatures, tap);
              return referenceInfoMax(network.apply(features), common);
            });
            return addN(losses).div(losses.length) as Scalar;
          }),
        dispose: () => {
          for (const { network } of taps) network.dispose();
        },
      };
    },
  };
}
