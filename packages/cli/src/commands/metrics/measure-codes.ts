import { checkWholeNumbers } from '@factornet/data/arrays';
import { type Metric, measureRepresentation } from '@factornet/metrics';
import type { Work } from '../../context';
import { readWithGroups } from '../../data/read-with-groups';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { reportBytes } from '../../render/bytes-progress';
import { quietProgress } from '../../render/quiet-progress';
import { chooseMetrics, knownMetrics } from './choose-metrics';
import type { NamedBlocks } from './code-blocks';
import { metricToJson, renderMetrics } from './metric-rendering';

export interface MetricsFlags {
  readonly metric?: readonly string[];
  readonly blocks?: NamedBlocks;
  /** The name of an array of one column, with a number per row. */
  readonly groups?: string;
  readonly seed: number;
}

/**
 * Measures the arrays codes and factors by each metric that is asked for, or by all. What cannot be measured on these
 * arrays has no value; where a metric is named, that is an error.
 */
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
    checkWholeNumbers(files, 'factors', representation.factors);
    let report = (_done: number, _total: number) => {};
    let current: string | undefined;
    const results = await measureRepresentation(representation, {
      metrics,
      seed,
      signal,
      skipUnfit: names === undefined,
      onProgress({ metric, done, total }) {
        if (metric !== current) {
          current = metric;
          const place = `${metric} (${metrics.findIndex(({ name }) => name === metric) + 1} of ${metrics.length})`;
          report = quietProgress(log, (part, whole) => `measuring ${place}: ${part} of ${whole}`);
        }
        report(done, total);
      },
    });
    const measured = results.map((result, position) => ({ metric: metrics[position] as Metric, result }));
    return {
      json: { metrics: measured.map(metricToJson) },
      text: renderMetrics(representation, measured),
    };
  });
}
