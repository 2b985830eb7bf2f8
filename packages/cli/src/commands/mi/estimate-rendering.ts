import type { FeatureMatrix } from '@factornet/core/samples';
import type { Direction } from '@factornet/mi';
import { numeric, tableOf } from '../../render/table';
import type { Text } from '../../render/text';
import type { NamedEstimate } from './estimate-each';

/** An estimate as `--json` prints it; `null` stands for a standard error that is unknown. */
export function estimateToJson({ name, parameters, estimate }: NamedEstimate) {
  const { value, standardError, unit, direction, critic, cap, samples, curve, warnings } = estimate;
  return {
    estimator: name,
    parameters,
    value,
    standardError: Number.isFinite(standardError) ? standardError : null,
    unit,
    direction,
    critic: critic ?? null,
    cap: cap ?? null,
    samples,
    curve,
    warnings,
  };
}

const sides: Readonly<Record<Direction, string>> = {
  lower: 'lower bound',
  upper: 'upper bound',
  neither: 'no bound',
};

/** A row per estimate, and below what speaks against some of them. */
export function renderEstimates(
  { x, y }: { readonly x: FeatureMatrix; readonly y: FeatureMatrix },
  estimates: readonly NamedEstimate[],
): Text {
  const columns = [
    'estimator',
    numeric('I(x; y)'),
    numeric('± s.e.'),
    'in expectation',
    numeric('at most'),
    'critic',
  ];
  const rows = estimates.map(({ text, estimate: { value, standardError, direction, cap, critic } }) => [
    text,
    value.toFixed(3),
    Number.isFinite(standardError) ? standardError.toFixed(3) : '–',
    sides[direction],
    cap === undefined ? '–' : cap.toFixed(3),
    critic ?? '–',
  ]);
  const about = `x [${x.rows}, ${x.columns}], y [${y.rows}, ${y.columns}]; in nats`;
  const warnings = estimates.flatMap(({ text, estimate }) =>
    estimate.warnings.map(({ code, message }) => `${text}: ${message} (${code})`),
  );
  return [about, tableOf(columns, rows), ...warnings];
}
