import { InvalidOptionError } from '@factornet/spec';
import { avgPool, concat, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';
import type { TapReading } from './tap-reading';

/** Readings are told apart by the function itself, so that equal ones are one. */
const readings = new Map<number, TapReading>();

/**
 * Maps averaged down to at most so many rows and columns, `[batch, height, width, channels]` →
 * `[batch, min(positions, height), min(positions, width), channels]`; vectors stay as they are.
 *
 * @throws InvalidOptionError unless `positions` is a whole number from 1
 * @example
 * const term = commonInformation({ bound: gaussianRegression(), reads: averageTo(2) });
 */
export function averageTo(positions: number): TapReading {
  if (!(Number.isInteger(positions) && positions >= 1)) {
    throw new InvalidOptionError({
      option: 'positions',
      expected: 'a whole number from 1',
      received: positions,
    });
  }
  const known = readings.get(positions);
  if (known !== undefined) return known;
  const read: TapReading = (features) => {
    const [, height = 0, width = 0] = features.shape;
    if (features.rank !== 4) return features.clone();
    return averageMap(features as Tensor4D, [Math.min(positions, height), Math.min(positions, width)]);
  };
  readings.set(positions, read);
  return read;
}

/**
 * Averages of a map over a grid, `[batch, height, width, channels]` → `[batch, rows, columns, channels]`. Where cells are
 * no whole number of positions, those at their borders count in both.
 */
export function averageMap(map: Tensor4D, [rows, columns]: readonly [number, number]): Tensor4D {
  const [, height, width] = map.shape;
  if (height === rows && width === columns) return map.clone();
  if (height % rows === 0 && width % columns === 0) {
    const cell: [number, number] = [height / rows, width / columns];
    return avgPool(map, cell, cell, 'valid');
  }
  return tidy(() => averageAlong(averageAlong(map, 1, rows), 2, columns));
}

function averageAlong(map: Tensor4D, axis: 1 | 2, cells: number): Tensor4D {
  const size = map.shape[axis];
  const means = Array.from({ length: cells }, (_, cell): Tensor => {
    const start = Math.floor((cell * size) / cells);
    const begin = [0, 0, 0, 0];
    begin[axis] = start;
    const length: number[] = [...map.shape];
    length[axis] = Math.ceil(((cell + 1) * size) / cells) - start;
    return map.slice(begin, length).mean(axis, true);
  });
  return concat(means, axis) as Tensor4D;
}
