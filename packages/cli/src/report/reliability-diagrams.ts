import type { TopLevelSpec } from 'vega-lite';
import { calibrationRows, type MeasuredCalibration } from './calibration-table';
import { plotConfig, plotSvg } from './plot-svg';

const COLUMNS = 4;
const SIDE = 170;

/**
 * One reliability diagram per row of the calibration table: accuracy over confidence, a dot for each bin as large as it
 * has answers, and the diagonal on which a calibrated network lies. As an SVG that takes the page's text colour.
 */
export async function reliabilityDiagrams(report: MeasuredCalibration): Promise<string> {
  const rows = calibrationRows(report);
  return rows.length === 0 ? '' : plotSvg(reliabilitySpec(rows));
}

function reliabilitySpec(rows: ReturnType<typeof calibrationRows>): TopLevelSpec {
  const values = rows.flatMap(({ name, calibration: { bins } }) => {
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    return bins.map(({ confidence, accuracy, count }) => ({
      name,
      confidence,
      accuracy,
      share: count / total,
    }));
  });
  const scale = { domain: [0, 1], nice: false };
  const axis = { tickCount: 5, format: '.1~f' } as const;
  const x = { field: 'confidence', type: 'quantitative', scale, axis, title: 'confidence' } as const;
  const y = { field: 'accuracy', type: 'quantitative', scale, axis, title: 'accuracy' } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'transparent',
    data: { values },
    columns: COLUMNS,
    bounds: 'flush',
    spacing: { row: 80, column: 54 },
    facet: { field: 'name', type: 'nominal', sort: rows.map(({ name }) => name), title: null },
    spec: {
      width: SIDE,
      height: SIDE,
      layer: [
        {
          // Bins without an answer are at their middles, so that the diagonal has both ends.
          mark: { type: 'line', strokeWidth: 1, strokeDash: [4, 4], opacity: 0.5, color: 'currentColor' },
          encoding: { x, y: { ...y, field: 'confidence' } },
        },
        {
          transform: [{ filter: 'datum.share > 0' }],
          mark: { type: 'rule', opacity: 0.5, color: 'var(--accent)' },
          encoding: { x, y, y2: { field: 'confidence' } },
        },
        {
          transform: [{ filter: 'datum.share > 0' }],
          mark: { type: 'point', filled: true, opacity: 1 },
          encoding: {
            x,
            y,
            size: {
              field: 'share',
              type: 'quantitative',
              legend: null,
              scale: { domain: [0, 1], range: [12, 220] },
            },
          },
        },
      ],
    },
    resolve: { axis: { x: 'independent', y: 'independent' } },
    config: plotConfig,
  };
}
