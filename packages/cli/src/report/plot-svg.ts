import type { Config, TopLevelSpec } from 'vega-lite';

/** A plot as an SVG that needs nothing else. */
export async function plotSvg(plot: TopLevelSpec): Promise<string> {
  // Loaded when needed: the two weigh more than the rest of the command together.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = vegaLite.compile(plot);
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** What makes plots take the page's colours and letters. */
export const plotConfig: Config = {
  font: 'inherit',
  view: { stroke: null },
  line: { color: 'var(--accent)' },
  point: { color: 'var(--accent)', filled: true, size: 24 },
  header: {
    labelColor: 'currentColor',
    labelFontSize: 13,
    labelFontWeight: 600,
    labelAnchor: 'start',
    labelPadding: 8,
  },
  axis: {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    titleFontWeight: 400,
    domainColor: 'currentColor',
    tickColor: 'currentColor',
    gridColor: 'currentColor',
    gridOpacity: 0.12,
    domainOpacity: 0.4,
    tickOpacity: 0.4,
    labelFontSize: 11,
    titleFontSize: 11,
  },
};
