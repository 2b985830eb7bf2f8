import type { FixedRepresentation, Metric, MetricResult } from '@factornet/metrics';
import { numeric, tableOf } from '../../render/table';
import type { Text } from '../../render/text';

/** NaN stands for a metric that cannot be measured on these arrays. */
export interface MeasuredMetric {
  readonly metric: Metric;
  readonly result: MetricResult;
}

/** As `--json` prints it: `null` for an infinite value, and for what could not be measured; a note says which. */
export function metricToJson({ result: { metric, value, details } }: MeasuredMetric) {
  if (Number.isFinite(value)) return { metric, value, details };
  const notes = [...(details.notes ?? []), ...(Number.isNaN(value) ? [] : ['The value is infinite.'])];
  return { metric, value: null, details: { ...details, notes } };
}

/** A row per metric, and below what there is to know about some of them. */
export function renderMetrics(
  { codes, factors }: FixedRepresentation,
  measured: readonly MeasuredMetric[],
): Text {
  const rows = measured.map(({ metric: { name, range, better }, result: { value } }) => [
    name,
    showValue(value),
    `${range[0]} … ${showValue(range[1]).replace(/\.0+$/, '')}`,
    better,
  ]);
  const about = `codes [${codes.rows}, ${codes.columns}], factors [${factors.rows}, ${factors.columns}]`;
  const notes = measured.flatMap(({ result: { metric, details } }) =>
    (details.notes ?? []).map((note) => `${metric}: ${note}`),
  );
  return [about, tableOf(['metric', numeric('value'), 'range', 'better'], rows), ...notes];
}

function showValue(value: number): string {
  if (Number.isNaN(value)) return '–';
  return Number.isFinite(value) ? value.toFixed(4) : '∞';
}
