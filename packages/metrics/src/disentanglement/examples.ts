import type { FeatureMatrix } from '@factornet/core/samples';
import { throwIfCancelled } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { MetricRun } from '../metric';
import type { Representation } from '../representation';
import { checkCodes, isSampler } from '../sampling/check-representation';
import { type DrawnRepresentation, drawRepresentation } from '../sampling/draw-representation';

/** How many examples a metric asks a sampler for, as in the shipped settings of disentanglement_lib. */
const EXAMPLES = { train: 10_000, test: 5_000 } as const;

/** Squares of larger numbers, and their sums, are infinite. */
const LARGEST_CODE = 1e145;

/**
 * Examples to measure on, all of them to learn from unless `test` is set.
 *
 * @throws CancelledError on `signal`
 * @throws InvalidOptionError, ShapeMismatchError as `drawRepresentation`, and for codes beyond 1e145
 */
export async function drawExamples(
  metric: string,
  representation: Representation,
  { seed = 0, signal }: MetricRun = {},
  test = false,
): Promise<DrawnRepresentation> {
  throwIfCancelled(metric, signal);
  const request = { train: EXAMPLES.train, test: test ? EXAMPLES.test : 0, seed };
  const drawn = await drawRepresentation(representation, request);
  throwIfCancelled(metric, signal);
  for (const { codes } of [drawn.train, drawn.test]) checkMagnitude(codes);
  return drawn;
}

/** Codes to measure on, without a look at the factors of fixed arrays. Throws as `drawExamples`. */
export async function drawCodes(
  metric: string,
  representation: Representation,
  run: MetricRun = {},
): Promise<FeatureMatrix> {
  if (isSampler(representation)) return (await drawExamples(metric, representation, run)).train.codes;
  throwIfCancelled(metric, run.signal);
  const { codes } = representation;
  checkCodes(codes, codes.rows);
  checkMagnitude(codes);
  if (codes.rows < 2) {
    throw new InvalidOptionError({ option: 'codes.rows', expected: 'two at least', received: codes.rows });
  }
  return codes;
}

/** @throws InvalidOptionError for codes whose squares would overflow */
export function checkMagnitude({ columns, data }: FeatureMatrix): void {
  const index = data.findIndex((value) => Math.abs(value) > LARGEST_CODE);
  if (index === -1) return;
  throw new InvalidOptionError(
    {
      option: `codes[${Math.floor(index / columns)}, ${index % columns}]`,
      expected: `between −${LARGEST_CODE} and ${LARGEST_CODE}`,
      received: data[index],
    },
    { hint: 'Divide the codes by a constant: no metric gains from numbers this large.' },
  );
}
