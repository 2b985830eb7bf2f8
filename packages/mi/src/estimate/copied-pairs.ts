import {
  areFewLevels,
  copiedRows,
  countRepeats,
  type FeatureMatrix,
  firstEqualRows,
  inSixDigits,
  isDiscrete,
  joinGroups,
  type RowGroups,
} from '@factornet/core/samples';
import type { PairedSamples } from '../estimator';

/** Where x and y repeat each for itself there are more different pairs than different values of either. */
const RECOMBINATION = 1.5;

export interface Copies {
  /** For each row the first one that it is a copy of: equal in x and in y, to six digits. */
  readonly copies: RowGroups;
  /** For each row the first one of its source: a copy, or, beside a label, the same features with another label. */
  readonly sources: RowGroups;
}

/**
 * Finds rows that were copied. Of discrete variables, and at values that a variable takes often, rows are equal by chance
 * and stand each for themselves.
 */
export function findCopies({ x, y }: PairedSamples): Copies {
  const alone = Int32Array.from({ length: x.rows }, (_, row) => row);
  const [nearX, nearY] = [inSixDigits(x), inSixDigits(y)];
  const pairs = firstEqualRows(nearX, nearY);
  const [ofX, ofY] = [firstEqualRows(nearX), firstEqualRows(nearY)];
  const [levelsX, levelsY, levels] = [ofX, ofY, pairs].map((first) => x.rows - countRepeats(first)) as [
    number,
    number,
    number,
  ];
  const [isLabelX, isLabelY] = [isDiscrete(x, levelsX), isDiscrete(y, levelsY)];
  const isRecombined = levels > RECOMBINATION * Math.max(levelsX, levelsY);
  const areFew = areFewLevels(Math.max(levelsX, levelsY), x.rows);
  // Beside a label, many different features with several labels each are pictures with several labels each.
  const isChance = isLabelX || isLabelY ? areFew && isRecombined : isRecombined;
  if ((isLabelX && isLabelY) || isChance) return { copies: alone, sources: alone };
  const oftenOf = (near: FeatureMatrix, isLabelled: boolean) => (isLabelled ? alone : copiedRows(near));
  const repeated = [oftenOf(nearX, isLabelX), oftenOf(nearY, isLabelY)];
  const isCopied = (row: number) => repeated.some((copied) => copied[row] !== row);
  const copies = pairs.map((first, row) => (first !== row && isCopied(row) ? first : row));
  const sources = isLabelX || isLabelY ? joinGroups(copies, copiedRows(isLabelX ? y : x)) : copies;
  return { copies, sources };
}
