import type { EpochRecord } from '@factornet/factorizer';
import type { TopLevelSpec } from 'vega-lite';
import { escapeHtml } from './html';
import { plotConfig, plotSvg } from './plot-svg';

const COLUMNS = 3;
const PLOT = { width: 250, height: 110 };

/**
 * One small line chart per term and one for the whole loss, as an SVG that takes the page's text colour; of networks that were
 * trained one after another by the same terms a line each, and charts of their own for those of other terms.
 */
export async function lossCurves(history: readonly EpochRecord[]): Promise<string> {
  const plots: string[] = [];
  for (const { networks, records } of groupsOf(history)) {
    const heading = networks.length === 0 ? '' : `<h3>${escapeHtml(networks.join(', '))}</h3>`;
    plots.push(heading + (await plotSvg(lossSpec(records, networks))));
  }
  return plots.join('');
}

interface Group {
  /** Empty for a training of all networks together. */
  readonly networks: readonly string[];
  readonly records: readonly EpochRecord[];
}

/** Networks that the same terms trained belong together: their charts have the same names. */
function groupsOf(history: readonly EpochRecord[]): Group[] {
  const groups = new Map<string, EpochRecord[]>();
  for (const record of history) {
    const key = Object.keys(record.terms).join();
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].map((records) => {
    const networks = records.flatMap(({ network }) => network ?? []);
    return { networks: [...new Set(networks)], records };
  });
}

function lossSpec(history: readonly EpochRecord[], networks: readonly string[]): TopLevelSpec {
  const names = ['loss', ...Object.keys(history[0]?.terms ?? {})];
  const values = history.flatMap(({ epoch, network, loss, terms }) =>
    names.map((term) => ({ epoch, network, term, value: term === 'loss' ? loss : terms[term] })),
  );
  const epochs = Math.max(...history.map(({ epoch }) => epoch));
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
      mark: { type: 'line', point: epochs <= 20, strokeWidth: 2 },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative',
          axis: { tickMinStep: 1, tickCount: Math.min(6, epochs), format: 'd' },
          scale: { domainMin: history[0]?.epoch ?? 1, nice: false },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: false },
          axis: { tickCount: 4 },
        },
        ...(networks.length > 1 && {
          color: {
            field: 'network',
            type: 'nominal',
            sort: [...networks],
            scale: { scheme: 'tableau10' },
            legend: { title: null, orient: 'bottom', labelColor: 'currentColor', labelFontSize: 12 },
          },
        }),
      },
    },
    resolve: { scale: { y: 'independent' }, axis: { x: 'independent' } },
    config: plotConfig,
  };
}
