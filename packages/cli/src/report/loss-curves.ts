import type { EpochRecord } from '@factornet/factorizer';
import type { TopLevelSpec } from 'vega-lite';
import { plotConfig, plotSvg } from './plot-svg';

const COLUMNS = 3;
const PLOT = { width: 250, height: 110 };

/** One small line chart per term and one for the whole loss, as an SVG that takes the page's text colour. */
export async function lossCurves(history: readonly EpochRecord[]): Promise<string> {
  if (history.length === 0) return '';
  return plotSvg(lossSpec(history));
}

function lossSpec(history: readonly EpochRecord[]): TopLevelSpec {
  const names = ['loss', ...Object.keys(history[0]?.terms ?? {})];
  const values = history.flatMap(({ epoch, loss, terms }) =>
    names.map((term) => ({ epoch, term, value: term === 'loss' ? loss : terms[term] })),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'transparent',
    data: { values },
    columns: COLUMNS,
    // Plots line up whatever the width of their labels.
    bounds: 'flush',
    spacing: { row: 70, column: 54 },
    facet: { field: 'term', type: 'nominal', sort: names, title: null },
    spec: {
      ...PLOT,
      mark: { type: 'line', point: history.length <= 20, strokeWidth: 2 },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative',
          axis: { tickMinStep: 1, tickCount: Math.min(6, history.length), format: 'd' },
          scale: { domainMin: history[0]?.epoch ?? 1, nice: false },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: false },
          axis: { tickCount: 4 },
        },
      },
    },
    resolve: { scale: { y: 'independent' }, axis: { x: 'independent' } },
    config: plotConfig,
  };
}
