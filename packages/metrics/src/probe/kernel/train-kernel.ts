import {
  argmaxRows,
  type FeatureMatrix,
  integerAt,
  learnPreparation,
  type Preparation,
  prepare,
  selectRows,
} from '@factornet/core/samples';
import { accuracy } from '../../accuracy';
import { distinctRows, halfDistances } from './distances';
import type { ExampleParts } from './part-examples';
import { type KernelFunction, scoreRows } from './score-rows';
import { type KernelSettings, type KnownTarget, solveKernel } from './solve-kernel';

/** A width, and the penalties to try with it. */
export interface KernelChoice {
  readonly width: number;
  readonly penalties: readonly number[];
}

/** Learns each target with the width and penalty that the deciding rows like best. @returns how rows are scored */
export function trainKernel(
  features: FeatureMatrix,
  targets: readonly KnownTarget[],
  parts: ExampleParts,
  choices: readonly KernelChoice[],
): (features: FeatureMatrix) => FeatureMatrix[] {
  const own = selectRows(features, parts.learnt);
  const preparation = learnPreparation(own, true);
  const columns = Math.max(1, preparation.kept.length);
  const settings = choices.flatMap(({ width, penalties }) =>
    penalties.map((penalty): KernelSettings => ({ scale: (2 * width) / columns, penalty })),
  );
  const chosen = chooseSettings(features, preparation, targets, parts, settings);
  const rows = distinctRows(prepare(own, preparation));
  const distances = halfDistances(rows, rows, 0, rows.features.rows);
  const functions: KernelFunction[] = [];
  for (const each of new Set(chosen)) {
    const positions = [...targets.keys()].filter((position) => chosen[position] === each);
    const learnt = positions.map((position) => labelsOf(targets[position] as KnownTarget, parts.learnt));
    for (const [index, found] of solveKernel(rows, distances, each, learnt).entries()) {
      functions[positions[index] as number] = found;
    }
  }
  return (examples) => scoreRows(distinctRows(prepare(examples, preparation)), rows, functions);
}

/** Which settings are right most often about the deciding rows, for each target; of equals the first. */
function chooseSettings(
  features: FeatureMatrix,
  preparation: Preparation,
  targets: readonly KnownTarget[],
  { tried, deciding }: ExampleParts,
  settings: readonly KernelSettings[],
): KernelSettings[] {
  const first = settings[0] as KernelSettings;
  if (deciding.length === 0) return targets.map(() => first);
  const distinct = (part: Int32Array) => distinctRows(prepare(selectRows(features, part), preparation));
  const [rows, tested] = [distinct(tried), distinct(deciding)];
  const distances = halfDistances(rows, rows, 0, rows.features.rows);
  const known = targets.map((target) => labelsOf(target, tried));
  const wanted = targets.map((target) => labelsOf(target, deciding).labels);
  const best = targets.map(() => ({ settings: first, right: -1 }));
  for (const each of settings) {
    const functions = solveKernel(rows, distances, each, known);
    for (const [index, scores] of scoreRows(tested, rows, functions).entries()) {
      const right = accuracy(argmaxRows(scores), wanted[index] as Int32Array);
      if (right > (best[index]?.right as number)) best[index] = { settings: each, right };
    }
  }
  return best.map((found) => found.settings);
}

function labelsOf({ labels, classes }: KnownTarget, rows: Int32Array): KnownTarget {
  return { classes, labels: rows.map((row) => integerAt(labels, row)) };
}
