import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { BenchmarkResults } from '../results';
import { batchSize, levels, type StaircaseJob } from '../staircase/job';
import { points } from '../staircase/summarise';
import { readingNames } from '../staircase/trainings';

/** What a plot shows; a curve that leaves it is cut. */
const RANGE: [number, number] = [-2, 14];

/** One panel per reading: the truth as stairs, one line per critic with the middle 80 % of batches behind it. */
export async function staircasePlot(
  { staircases }: Pick<BenchmarkResults, 'staircases'>,
  task: StaircaseJob['task'],
): Promise<string> {
  const clip = (value: number) => Math.min(RANGE[1], Math.max(RANGE[0], value));
  const values = staircases
    .filter(({ job }) => job.task === task)
    .flatMap(({ job, result }) =>
      Object.entries(result.curves).flatMap(([reading, curve]) =>
        curve.map(([mean, low, high], point) => ({
          reading,
          critic: job.critic,
          progress: ((point + 0.5) / points) * levels.length,
          value: clip(mean),
          low: clip(low),
          high: clip(high),
          truth: levels[Math.floor((point / points) * levels.length)],
          cap: reading === 'InfoNCE' ? Math.log(batchSize) : null,
        })),
      ),
    );
  const view = new View(parse(compile(specification(values)).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function specification(values: readonly object[]): TopLevelSpec {
  const x = {
    field: 'progress',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: [0, levels.length] },
    axis: {
      values: levels.map((_, level) => level + 0.5),
      labelExpr: `[${levels.join(',')}][floor(datum.value)]`,
      grid: false,
      ticks: false,
    },
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    title: null,
    scale: { domain: RANGE, nice: false },
  });
  const color = {
    field: 'critic',
    type: 'nominal' as const,
    scale: { domain: ['separable', 'joint'], range: ['#2f6fb7', '#d1762a'] },
    // The bands would lend the legend their faintness.
    legend: { orient: 'top' as const, title: 'critic', symbolOpacity: 1 },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 8,
    data: { values: [...values] },
    facet: { field: 'reading', type: 'nominal', sort: readingNames, title: null },
    columns: 4,
    spacing: { row: 28, column: 18 },
    spec: {
      width: 180,
      height: 130,
      layer: [
        {
          mark: { type: 'area', opacity: 0.18, clip: true },
          encoding: { x, y: y('low'), y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line', interpolate: 'step', stroke: '#222', strokeWidth: 1.2 },
          encoding: { x, y: y('truth') },
        },
        {
          mark: { type: 'line', stroke: '#888', strokeDash: [4, 3], strokeWidth: 1 },
          encoding: { x, y: y('cap') },
        },
        { mark: { type: 'line', strokeWidth: 1.6, clip: true }, encoding: { x, y: y('value'), color } },
      ],
    },
    // A shared axis would also be drawn below the empty place of the last row.
    resolve: { axis: { x: 'independent' } },
    config: {
      font: 'Helvetica, Arial, sans-serif',
      view: { stroke: '#ddd' },
      axis: { gridColor: '#eee', labelColor: '#444', titleColor: '#444', titleFontWeight: 400 },
      header: { labelFontSize: 12, labelFontWeight: 600, labelColor: '#222' },
    },
  };
}
