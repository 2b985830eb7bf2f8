import { gaussianRegression, type RegressionEstimator } from '@factornet/mi';
import { addN, type Scalar, type Tensor, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs';
import type { ReadingMoments } from '../teacher/reading-moments';
import { averageMap, averageTo } from './average-to';
import type { ObjectiveTerm, TermRequest } from './objective-term';
import { runRegression } from './regression-information';
import { requireDirection } from './require-direction';
import { selectTaps } from './select-taps';
import { channelMoments } from './standardised';

export interface MapInformationOptions {
  /** Default 1. */
  weight?: number;
  /** A lower bound by regression. Default `gaussianRegression()`. */
  bound?: RegressionEstimator;
  /** The teacher's maps are averaged to at most this many rows and columns. Default 4. */
  positions?: number;
  /** How many pairs of maps, from the last one back. Default 2. */
  pairs?: number;
  /** Takes an estimator that bounds neither side, too. Default false. */
  acceptNoBound?: boolean;
}

/**
 * The common network's own maps keep what the teacher's tell, position by position:
 * `(1/pairs) · Σ_pair I(teacher map; common map)`. Its last map goes with the teacher's last, the one before with the one
 * before, and so on; it is averaged over the grid of the teacher's, and a 1×1 convolution that exists during training only
 * tells from each position the teacher's channels, standardised by moments of the training pictures.
 *
 * Nats per channel and position, of unit variance ½ (1 − MSE): see `commonInformation` by regression.
 *
 * Left out of runs whose teacher is tapped at no map, or whose common network has none.
 *
 * @throws InvalidOptionError for an upper bound, and for one that bounds neither side unless `acceptNoBound`
 * @example
 * const objective = [...commonObjective(), mapInformation({ weight: 10, positions: 8 })];
 */
export function mapInformation({
  weight = 1,
  bound = gaussianRegression(),
  positions = 4,
  pairs = 2,
  acceptNoBound = false,
}: MapInformationOptions = {}): ObjectiveTerm {
  const term = 'map-information';
  requireDirection({ bound, sense: 'maximise', term, acceptNoBound });
  return {
    name: term,
    weight,
    sense: 'maximise',
    needs: ['trainable-common', 'teacher', 'maps', 'moments'],
    reads: averageTo(positions),
    settings: { bound: bound.name, positions, pairs },
    prepare({ tapMoments, seed, ...request }) {
      const running = pairMaps(term, pairs, request).map(({ tap, map, grid, channels, inputs }) => {
        const moments = channelMoments(tapMoments[tap] as ReadingMoments, channels);
        const regression = runRegression({ bound, moments, inputs, seed, name: `${term}/${map}` });
        return { tap, map, grid, regression };
      });
      return {
        variables: running.flatMap(({ regression }) => regression.variables),
        evaluate: ({ teacherFeatures, maps }) =>
          tidy(() => {
            const nats = running.map(({ tap, map, grid, regression }) => {
              const [own, taught] = [maps[map], teacherFeatures[tap]].map((each) =>
                rowsOf(averageMap(each as Tensor4D, grid)),
              ) as [Tensor2D, Tensor2D];
              return regression.evaluate(own, taught);
            });
            return addN(nats).div(nats.length) as Scalar;
          }),
        dispose: () => {
          for (const { regression } of running) regression.dispose();
        },
      };
    },
  };
}

/** One row per position, `[batch · height · width, channels]`. */
const rowsOf = (map: Tensor): Tensor2D => map.reshape([-1, map.shape[3] as number]);

/** Maps of both networks from the last one back, and of each two the coarser grid. */
function pairMaps(
  term: string,
  pairs: number,
  { tapShapes, mapShapes }: Pick<TermRequest, 'tapShapes' | 'mapShapes'>,
) {
  const taps = selectTaps({ term, tapShapes, taps: undefined, maps: pairs, vectors: false }).reverse();
  const maps = Object.keys(mapShapes).slice(-pairs).reverse();
  return taps.slice(0, maps.length).map((tap, index) => {
    const map = maps[index] as string;
    const [rows, columns, channels] = tapShapes[tap] as [number, number, number];
    const [height, width, inputs] = mapShapes[map] as [number, number, number];
    const grid = [Math.min(rows, height), Math.min(columns, width)] as const;
    return { tap, map, grid, channels, inputs };
  });
}
