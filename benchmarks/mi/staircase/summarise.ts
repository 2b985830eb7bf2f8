import { levels, type Spread, type StaircaseResult } from './job';

/** Stretches of the schedule that a curve is drawn through. */
export const points = 100;

/** What a page needs of every batch's readings. */
export function summarise(
  readings: Readonly<Record<string, Float64Array>>,
): Pick<StaircaseResult, 'plateaus' | 'curves'> {
  const entries = Object.entries(readings);
  return {
    plateaus: Object.fromEntries(
      entries.map(([name, series]) => {
        const length = series.length / levels.length;
        return [name, levels.map((_, k) => spread(series.subarray((k + 0.75) * length, (k + 1) * length)))];
      }),
    ),
    curves: Object.fromEntries(
      entries.map(([name, series]) => {
        const length = series.length / points;
        return [
          name,
          Array.from({ length: points }, (_, k) => quantiles(series.subarray(k * length, (k + 1) * length))),
        ];
      }),
    ),
  };
}

function spread(series: Float64Array): Spread {
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  const variance = series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / series.length;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { mean: finite(mean), deviation: finite(Math.sqrt(variance)) };
}

/** Plots end far below 1e6 nats; JSON knows no infinities. */
function quantiles(series: Float64Array): [mean: number, low: number, high: number] {
  const bounded = series
    .map((value) => (Number.isNaN(value) ? 1e6 : Math.min(1e6, Math.max(-1e6, value))))
    .sort();
  const at = (share: number) => bounded[Math.floor(share * (bounded.length - 1))] as number;
  return [bounded.reduce((sum, value) => sum + value, 0) / bounded.length, at(0.1), at(0.9)];
}
