import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { disentanglementMetrics } from './disentanglement-metrics';
import type { Metric, MetricResult, MetricRun } from './metric';
import type { Representation } from './representation';

export interface MeasureOptions extends MetricRun {
  /** Default `disentanglementMetrics()`. */
  readonly metrics?: readonly Metric[] | undefined;
  /** Goes on past what cannot be measured: its value is NaN, and a note says why. Default false. */
  readonly skipUnfit?: boolean | undefined;
}

/**
 * Measures a representation by several metrics, one after the other, each with the same seed.
 *
 * @throws CancelledError on `signal`
 * @throws InvalidOptionError, ShapeMismatchError of the first metric that cannot be measured on it, see `skipUnfit`
 * @example
 * for (const { metric, value } of await measureRepresentation({ codes, factors })) console.log(metric, value);
 */
export async function measureRepresentation(
  representation: Representation,
  { metrics = disentanglementMetrics(), skipUnfit = false, ...run }: MeasureOptions = {},
): Promise<readonly MetricResult[]> {
  const results: MetricResult[] = [];
  for (const metric of metrics) {
    throwIfCancelled('measureRepresentation', run.signal);
    const result = metric.measure(representation, run);
    results.push(await (skipUnfit ? result.catch(notMeasured(metric)) : result));
    await yieldToEventLoop();
  }
  return results;
}

function notMeasured({ name }: Metric): (error: unknown) => MetricResult {
  return (error) => {
    if (!InvalidOptionError.isInstance(error)) throw error;
    const reason = error.message.split('\n')[0] as string;
    return { metric: name, value: Number.NaN, details: { notes: [`Not measured: ${reason}`] } };
  };
}
