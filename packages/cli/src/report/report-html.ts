import type { ProbedLeakage } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import { formatBytes, formatCount, formatShare } from '../render/format';
import { accuracyHeadings, accuracyRows, explainCodeLoss } from './accuracy-table';
import { baselineRows } from './baseline-table';
import { calibrationHeadings, calibrationRows } from './calibration-table';
import { examplePictures } from './example-pictures';
import { explainGuarantees } from './explain-guarantees';
import { escapeHtml, htmlTable, section } from './html';
import { informationHeatMap } from './information-heat-map';
import { formatNats, pictureInformationTable } from './information-table';
import { leakageHeatMap } from './leakage-heat-map';
import { explainScale, formatMeasured } from './leakage-table';
import { lossCurves } from './loss-curves';
import { reliabilityDiagrams } from './reliability-diagrams';
import { style } from './style';

/**
 * A report as one HTML page that needs no other file and no network.
 *
 * @throws InvalidOptionError if an example's picture is not a `data:` URI
 * @example
 * await writeFile('report.html', await renderReport(report));
 */
export async function renderReport(report: Report): Promise<string> {
  const title = report.title ?? 'Factorization';
  const { leakage, information } = report;
  const sections = [
    section(
      'Accuracy',
      'Share of right answers on pictures that no network was trained on. “Without” sets one half of what the head sees to zero; “other’s t” gives it the t of another picture: a head that loses nothing ignores its code; “t alone” is a kernel probe that sees nothing but the task network’s output, as it ships.',
      htmlTable(
        ['task', ...accuracyHeadings],
        accuracyRows(report).map(({ heading, values }) => [heading, ...values.map(formatShare)]),
      ) + notes(explainCodeLoss(report)),
    ),
    section(
      'Findings',
      'What is not as it should be: with the run, as it said at its end, and with the factors on these pictures.',
      findingsTable(report),
    ),
    section(
      'Beside plain networks',
      'Accuracy of the assembly, and of ordinary networks that learnt the same tasks from the same teacher on the same pictures. The shared trunk has as many parameters as the common network and all factors together, each separate student as many as the common network and one factor.',
      baselinesTable(report),
    ),
    section(
      'Calibration',
      'Whether networks are as often right as they are sure to be, on pictures that no network was trained on: the expected calibration error, 0 where they are, with its standard error, and what it would be by chance of a network that is. “Jointly” is one distribution over the classes of several factors, before and after its temperature. In the diagrams, dots are answers of about one confidence, larger where there are more; above the dashed line they are right more often than they say.',
      await calibrationPart(report),
    ),
    section(
      'Leakage',
      'What each task network’s output, as it ships, gives away about the other tasks, by a probe that learnt on one half of the pictures and read the other: 0 is chance, 1 is what the same probe reads from the teacher’s maps; with standard errors. A line misses most of what a kernel finds. z, the last row, is no factor’s: it tells its row to whoever has any one factor, so that leaving a factor out withholds nothing of that. In nats, what each t tells about every label, at least, by a linear classifier. Under each task is the entropy of its label, the most there is to tell; a row’s own task is where much is wanted. The bound may fall below 0 where there is nothing to tell.',
      `<div class="side-by-side">${[
        ...Object.entries(leakage).map(([probe, found]) => leakageHeatMap(captionOf(probe, found), found)),
        informationHeatMap('I(t; y) in nats', information.labels, information.labelEntropy),
      ].join('')}</div>${notes([...explainScale(report), ...explainGuarantees(report)])}`,
    ),
    section(
      'Information about the picture',
      'Between which bounds the information of each code about the picture lies, in nats, on average over draws of pictures and codes. z should keep much and each t little besides its task. z has no noise, so nothing bounds it from above, and it is compared with the teacher’s features; a bound that starts with ≥ is near the most it can say, and the truth may lie far above.',
      pictureInformationTable(report) + informationWarnings(report),
    ),
    section(
      'Loss per epoch',
      'Means over each epoch, every term unweighted, in nats.',
      await lossCurves(report.history),
    ),
    section(
      'Examples',
      'What the assembly says; ✗ marks a wrong answer. Answers in italics are about pictures without a label for that task.',
      examplePictures(report.examples),
    ),
    section('Sizes', 'Bytes and parameters of each package.', sizesTable(report)),
    section('This run', 'What it ran on, and how long each stage took.', runFacts(report)),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Nothing can be fetched, whatever ends up in the page.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    `<body><h1>${escapeHtml(title)}</h1>`,
    `<p>One common-knowledge network and ${Object.keys(report.factors).length} factors, assembled without fine-tuning.</p>`,
    ...sections,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function findingsTable({ findings }: Report): string {
  if (findings.length === 0) return '<p>Nothing was found.</p>';
  const rows = findings.map(({ code, message, hint }) => [code, message, hint]);
  return `<div class="findings">${htmlTable(['', 'found', 'what to do'], rows)}</div>`;
}

function notes(sentences: readonly string[]): string {
  return `<p class="notes">${sentences.map((sentence) => escapeHtml(sentence)).join('<br>')}</p>`;
}

function captionOf(probe: string, { mean, maximum }: ProbedLeakage): string {
  const found = maximum
    ? `: ${formatMeasured(mean)} on average, ${formatMeasured(maximum)} at most (${maximum.from} → ${maximum.to})`
    : '';
  return `By a ${probe} probe${found}`;
}

function informationWarnings({ information: { common } }: Report): string {
  if (common === undefined) return '';
  return notes([
    `Standard error of I(x; z): ${formatNats(common.standardError)}.`,
    ...common.warnings.map((warning) => `I(x; z): ${warning}`),
  ]);
}

function baselinesTable(report: Report): string {
  const { headings, rows } = baselineRows(report);
  return rows.length === 0 ? '' : htmlTable(['network', ...headings], rows);
}

async function calibrationPart(report: Report): Promise<string> {
  const rows = calibrationRows(report);
  if (rows.length === 0) return '';
  const table = htmlTable(
    ['calibration error', ...calibrationHeadings],
    rows.map(({ name, values }) => [name, ...values]),
  );
  return `${table}${await reliabilityDiagrams(report)}`;
}

function sizesTable({ bytes, parameters }: Report): string {
  const names = [...new Set([...Object.keys(bytes), ...Object.keys(parameters)])];
  const total = (values: Readonly<Record<string, number>>) =>
    Object.values(values).reduce((sum, value) => sum + value, 0);
  const show = (name: string, size: number | undefined, count: number | undefined) => [
    name,
    size === undefined ? '–' : formatBytes(size),
    count === undefined ? '–' : formatCount(count),
  ];
  if (names.length === 0) return '';
  return htmlTable(
    ['package', 'bytes', 'parameters'],
    [
      ...names.map((name) => show(name, bytes[name], parameters[name])),
      show('together', total(bytes), total(parameters)),
    ],
  );
}

function runFacts({ backend, seed, seconds, assembly, measuredOn }: Report): string {
  const facts: [string, string | number][] = [
    ['backend', backend],
    ['seed', seed],
    ...(measuredOn === undefined
      ? []
      : [['measured on', `${formatCount(measuredOn)} pictures`] as [string, string]]),
    ['assembly − factor, at most', assembly.maxAbsoluteDifference.toExponential(1)],
    ['common evaluations per input', assembly.commonEvaluationsPerInput],
    ...Object.entries(seconds).map(([stage, value]): [string, string] => [stage, `${value.toFixed(1)} s`]),
  ];
  const entries = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl class="facts">${entries.join('')}</dl>`;
}
