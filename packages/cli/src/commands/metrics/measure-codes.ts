import type { FeatureMatrix } from '@factornet/core/samples';
import type { FixedRepresentation, Metric, MetricResult } from '@factornet/metrics';
import { InvalidOptionError } from '@factornet/spec';
import { refuseArray } from '../../arrays/array-error';
import { readWithGroups } from '../../arrays/read-with-groups';
import type { Work } from '../../context';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import type { NamedBlocks } from '../../options/code-blocks';
import { reportBytes } from '../../render/bytes-progress';
import { quietProgress } from '../../render/quiet-progress';
import { chooseMetrics, knownMetrics } from './choose-metrics';
import { type MeasuredMetric, metricToJson, renderMetrics } from './metric-rendering';

export interface MetricsFlags {
  readonly metric?: readonly string[];
  readonly blocks?: NamedBlocks;
  /** The name of an array of one column, with a number per row. */
  readonly groups?: string;
  readonly seed: number;
}

/** Measures the arrays codes and factors by each metric that is asked for, or by all that can be measured on them. */
export async function measureCodes(
  files: readonly string[],
  { metric: names, blocks, groups, seed }: MetricsFlags,
  { io, log }: Work,
): Promise<Outcome> {
  const known = knownMetrics(blocks);
  const metrics = names === undefined ? known : chooseMetrics(names, known);
  return withInterrupt(io, async (signal) => {
    const onProgress = reportBytes('reading', log);
    const representation = await readWithGroups(files, ['codes', 'factors'], groups, { onProgress, signal });
    checkFactors(files, representation.factors);
    const measured: MeasuredMetric[] = [];
    for (const [position, metric] of metrics.entries()) {
      const place = `${metric.name} (${position + 1} of ${metrics.length})`;
      const report = quietProgress(log, (done, total) => `measuring ${place}: ${done} of ${total}`);
      const run = {
        seed,
        signal,
        onProgress: (progress: { done: number; total: number }) => report(progress.done, progress.total),
      };
      const result =
        names === undefined
          ? await measureIfPossible(metric, representation, run)
          : await metric.measure(representation, run);
      measured.push({ metric, result });
    }
    return {
      json: { metrics: measured.map(metricToJson) },
      text: renderMetrics(representation, measured),
    };
  });
}

/** What cannot be measured on these arrays has no value; where a metric is named, that is an error. */
async function measureIfPossible(
  metric: Metric,
  representation: FixedRepresentation,
  run: Parameters<Metric['measure']>[1],
): Promise<MetricResult> {
  try {
    return await metric.measure(representation, run);
  } catch (error) {
    if (!InvalidOptionError.isInstance(error)) throw error;
    const reason = error.message.split('\n')[0] as string;
    return { metric: metric.name, value: Number.NaN, details: { notes: [`Not measured: ${reason}`] } };
  }
}

function checkFactors(files: readonly string[], { columns, data }: FeatureMatrix): void {
  const index = data.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (index < 0) return;
  const place = `row ${Math.floor(index / columns)}, column ${index % columns} (counted from 0)`;
  const problem = `has ${data[index]} in ${place}, where a whole number from 0 is expected`;
  throw refuseArray(files.join(', '), 'factors')(problem, {
    hint: 'Number the values of each factor, e.g. by numpy.unique(factor, return_inverse=True)[1].',
  });
}
