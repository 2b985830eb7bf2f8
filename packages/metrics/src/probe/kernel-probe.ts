import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { partExamples } from './kernel/part-examples';
import { type KernelChoice, trainKernel } from './kernel/train-kernel';
import { labelledRows, type Probe, type ProbeTarget, probeOf } from './probe';

export interface KernelProbeOptions {
  /** g of `exp(−g · ‖x − x′‖² / d)` to choose among, d being the number of features that vary. Default 0.08, 0.4, 1.6. */
  widths?: readonly number[];
  /** λ of `(K + λI)⁻¹ Y` to choose among. Default 0.03, 0.3. */
  penalties?: readonly number[];
  /** Examples that differ to learn from at most; time grows with their cube, memory with their square. Default 2000. */
  examples?: number;
}

/**
 * Ridge regression of one-hot classes on all functions that a Gaussian kernel has, of standardised features: reads what
 * no line can. In closed form (Cholesky, double precision): equal inputs give equal numbers.
 *
 * `scores = ȳ + k(x, X) (K + λI)⁻¹ (Y − ȳ)`, with `K = exp(−g ‖x − x′‖² / d)`. Each width and penalty is tried on two
 * thirds of the examples, at most half as many as are learnt from; those most often right about the last third learn from
 * all. Rows that are equal are learnt as one, of their mean label and count, which changes no score: of a one-hot code it
 * is the table of the likeliest class per value, at next to no cost.
 *
 * @throws InvalidOptionError for a width or penalty that is not above 0, or fewer than two examples
 * @example
 * const probe = kernelProbe().fit(trainFeatures, trainLabels, 4);
 * accuracy(probe.predict(testFeatures), testLabels);
 */
export function kernelProbe({
  widths = [0.08, 0.4, 1.6],
  penalties = [0.03, 0.3],
  examples = 2000,
}: KernelProbeOptions = {}): Probe {
  checkAbove0('widths', widths);
  checkAbove0('penalties', penalties);
  if (!(Number.isInteger(examples) && examples >= 2)) {
    throw new InvalidOptionError({
      option: 'examples',
      expected: 'a whole number from 2',
      received: examples,
    });
  }
  const choices = widths.map((width): KernelChoice => ({ width, penalties }));
  return probeOf('kernel', (features, targets) => {
    const trained = groupTargets(targets).map(({ rows, positions }) => {
      const known = selectRows(features, rows);
      const own = positions.map((position) => {
        const { labels, classes } = targets[position] as ProbeTarget;
        return { classes, labels: rows.map((row) => labels[row] as number) };
      });
      const parts = partExamples(known, examples, widths.length * penalties.length > 1);
      return { positions, score: trainKernel(known, own, parts, choices) };
    });
    return (rows) => {
      const scores: FeatureMatrix[] = new Array(targets.length);
      for (const { positions, score } of trained) {
        for (const [index, each] of score(rows).entries()) scores[positions[index] as number] = each;
      }
      return scores;
    };
  });
}

/** Targets whose labelled rows are the same share a kernel matrix. */
function groupTargets(targets: readonly ProbeTarget[]) {
  const groups = new Map<string, { rows: Int32Array; positions: number[] }>();
  for (const [position, { labels }] of targets.entries()) {
    const rows = labelledRows(labels);
    const key = rows.join();
    const group = groups.get(key) ?? { rows, positions: [] };
    group.positions.push(position);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function checkAbove0(option: string, values: readonly number[]): void {
  if (values.length > 0 && values.every((value) => value > 0 && Number.isFinite(value))) return;
  throw new InvalidOptionError({ option, expected: 'one number above 0 at least', received: values });
}
