import { cutBetweenGroups, type FeatureMatrix, orderByGroup, type RowGroups } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { groupExamples } from './group-examples';

/**
 * Which examples a probe is trained on and which it is read on: given, or one random half each. Examples that are equal are
 * in one half; so are those of one of `groups`, one number per example, such as frames of one film.
 */
export type ProbeSplit =
  | { readonly seed: number; readonly groups?: ArrayLike<number> | undefined }
  | { readonly train: ArrayLike<number>; readonly test: ArrayLike<number> };

export interface Halves {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Positions to train probes on and positions to read them on.
 *
 * @param features of the examples, by which copies are known
 * @throws ShapeMismatchError unless there is a group per example
 * @throws InvalidOptionError for a position outside 0 … size − 1, one in both halves, or an empty half
 */
export function splitHalves(
  split: ProbeSplit,
  size: number,
  features: readonly FeatureMatrix[] = [],
): Halves {
  const halves =
    'seed' in split
      ? randomHalves(split.seed, size, groupExamples(size, features, split.groups))
      : copyHalves(split);
  const seen = new Uint8Array(size);
  for (const [name, positions] of Object.entries(halves)) {
    if (positions.length === 0) {
      throw new InvalidOptionError({ option: `split.${name}`, expected: 'not empty', received: 0 });
    }
    for (const position of positions) {
      if (position < 0 || position >= size) {
        const expected = `from 0 to ${size - 1}`;
        throw new InvalidOptionError({ option: `split.${name}`, expected, received: position });
      }
      if (seen[position] === 1) {
        const expected = 'free of repeats and of positions of the other half';
        throw new InvalidOptionError({ option: `split.${name}`, expected, received: position });
      }
      seen[position] = 1;
    }
  }
  return halves;
}

function randomHalves(seed: number, size: number, groups: RowGroups) {
  const order = orderByGroup(randomStream(seed, 'probe-split').permutation(size), groups);
  const half = Math.ceil(size / 2);
  const [middle] = size < 2 ? [half] : (cutBetweenGroups(order, groups, [half]) as [number]);
  return { train: order.slice(0, middle), test: order.slice(middle) };
}

function copyHalves({ train, test }: { train: ArrayLike<number>; test: ArrayLike<number> }) {
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}
