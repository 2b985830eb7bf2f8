import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { disentanglementMetrics } from './disentanglement-metrics';
import type { Metric, MetricResult, MetricRun } from './metric';
import type { Representation } from './representation';

export interface MeasureOptions extends MetricRun {
  /** Default `disentanglementMetrics()`. */
  readonly metrics?: readonly Metric[] | undefined;
}

/**
 * Measures a representation by several metrics, one after the other, each with the same seed.
 *
 * @throws CancelledError on `signal`
 * @throws InvalidOptionError, ShapeMismatchError of the first metric that cannot be measured on it
 * @example
 * for (const { metric, value } of await measureRepresentation({ codes, factors })) console.log(metric, value);
 */
export async function measureRepresentation(
  representation: Representation,
  { metrics = disentanglementMetrics(), ...run }: MeasureOptions = {},
): Promise<readonly MetricResult[]> {
  const results: MetricResult[] = [];
  for (const metric of metrics) {
    throwIfCancelled('measureRepresentation', run.signal);
    results.push(await metric.measure(representation, run));
    await yieldToEventLoop();
  }
  return results;
}
