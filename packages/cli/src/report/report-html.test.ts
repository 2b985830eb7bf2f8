import type { ProbedLeakage } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import { beforeAll, expect, test } from 'vitest';
import { renderTable } from '../render/table';
import { renderAccuracyTable } from './accuracy-table';
import { renderCalibrationTable } from './calibration-table';
import { renderInformationTable } from './information-table';
import { explainScale, leakageTable } from './leakage-table';
import { renderReport } from './report-html';
import { sampleReport } from './sample-report';

let report: Report;
let html: string;
beforeAll(async () => {
  report = await sampleReport();
  html = await renderReport(report);
});

test('needs no other file and nobody’s network', () => {
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link|@import|url\(/i);
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses).toHaveLength(report.examples.length);
  for (const address of addresses) expect(address).toMatch(/^data:image\/png;base64,/);
});

test('holds every figure of the report', () => {
  for (const text of [
    '0.955',
    '0.710',
    '0.460',
    '131.4 kB',
    '25,600',
    '4.8e-7',
    '74.2 s',
    'wasm',
    '2,000 pictures',
  ]) {
    expect(html).toContain(text);
  }
  for (const term of ['loss', ...Object.keys(report.history[0]?.terms ?? {})]) {
    expect(html).toContain(`>${term}</text>`);
  }
});

test('colours leakage by its size and leaves a task’s own place out', () => {
  const value = report.leakage.kernel?.codes.shape?.size?.value as number;
  const cell = `style="--share:${Math.round(value * 100)}%">${value.toFixed(2)}<small>± 0.02</small>`;
  expect(html).toContain(cell);
  expect(html.match(/<td class="own">/g)).toHaveLength(8);
});

test('puts information in nats next to each heat map, and bounds on what codes tell about the picture', () => {
  const captions = [...html.matchAll(/<caption>([^<]*)/g)].map(([, caption]) => caption);
  expect(captions).toEqual([
    'By a linear probe: 0.53 ± 0.02 on average, 0.90 ± 0.02 at most (shape → size)',
    'By a kernel probe: 0.53 ± 0.02 on average, 0.90 ± 0.02 at most (shape → size)',
    'I(t; y) in nats',
  ]);
  expect(html).toContain('<small>of 1.49</small>');
  expect(html.match(/class="wanted/g)).toHaveLength(4);
  expect(html).toContain('shape: capacity ln 5 = 1.61 nats');
  expect(html).toContain('leaving a factor out withholds nothing');
  expect(html).toContain(
    '<th scope="row">I(x; t) of object-hue</th><td>2.00</td><td>2.20</td><td>3.60</td><td>7.60</td>',
  );
  expect(html).toContain('<th scope="row">I(x; z)</th><td>4.13</td><td>–</td><td>–</td><td>4.85</td>');
  expect(html).toContain('I(x; z): is about to reach its cap');
});

test('marks a bound that has said the most it can, and leaves out what was not measured', async () => {
  const { common, ...information } = report.information;
  const full = {
    ...report,
    information: { ...information, common: { ...common, lower: 4.84 } as typeof common },
  };
  expect(await renderReport(full as Report)).toContain('I(x; z)</th><td>≥ 4.84</td>');
  const bare = await renderReport({ ...report, information });
  expect(bare).not.toContain('I(x; z)</th>');
  expect(bare).toContain('I(x; t) of shape</th>');
  expect(renderInformationTable({ information, guarantees: {} })).not.toContain('I(x; z)');
});

test('the terminal’s second table has what each code tells about its task, the others and the picture', () => {
  const text = renderInformationTable(report);
  const row = text.split('\n').find((line) => line.includes('object-hue')) as string;
  const { labels, codes } = report.information;
  const sum = (source: Record<string, number> = {}) =>
    Object.entries(source).reduce((total, [to, nats]) => (to === 'object-hue' ? total : total + nats), 0);
  const { 'object-hue': told } = labels;
  const expected = [1.49, told?.['object-hue'], sum(told)];
  const found = [...row.matchAll(/-?\d+\.\d\d/g)].map(([number]) => number);
  expect(found).toEqual(
    [...expected, codes['object-hue']?.lower, codes['object-hue']?.upper].map((nats) => nats?.toFixed(2)),
  );
  expect(text).toContain('I(x; z): at least 4.13 ± 0.04 nats, of the 4.85 that this estimate can say');
});

test('shows how far confidence is from accuracy, by task and jointly, with its error and a diagram of each', () => {
  const cells = (...values: string[]) => values.map((value) => `<td>${value}</td>`).join('');
  expect(html).toContain(`<th scope="row">shape</th>${cells('0.011', '0.021', '0.003', '0.008', '–', '–')}`);
  expect(html).toContain(
    `<th scope="row">jointly: letters</th>${cells('0.012', '0.014', '0.003', '0.008', '0.082', '1.38')}`,
  );
  for (const name of ['shape', 'size', 'jointly: letters']) expect(html).toContain(`>${name}</text>`);
  expect(html.match(/>confidence<\/text>/g)).toHaveLength(5);
  const row = renderCalibrationTable(report)
    .split('\n')
    .find((line) => line.includes('letters')) as string;
  expect([...row.matchAll(/\d\.\d+/g)].map(([number]) => number)).toEqual([
    '0.012',
    '0.014',
    '0.003',
    '0.008',
    '0.082',
    '1.38',
  ]);
});

test('says nothing of calibration where no answer has probabilities', async () => {
  const factors = Object.fromEntries(
    Object.entries(report.factors).map(([task, { calibration: _, ...rest }]) => [task, rest]),
  );
  expect(await renderReport({ ...report, factors, joint: [] })).not.toContain('alibration');
  expect(renderCalibrationTable({ ...report, factors, joint: [] })).toBe('');
});

test('marks wrong answers with what is true, and answers without a label', () => {
  expect(html).toMatch(/✗ pentagram <small>is \w+<\/small>/);
  expect(html).toContain('class="unlabelled"');
});

test('escapes what it is given', () => {
  expect(html).toContain('Sample &#38; &#60;report&#62;');
  expect(html).not.toContain('<report>');
});

test('leaves out what a report has nothing of', async () => {
  const bare = await renderReport({ ...report, history: [], examples: [], bytes: {}, parameters: {} });
  expect(bare).not.toMatch(/Loss per epoch|Examples|Sizes/);
});

test('refuses a picture that would have to be fetched', async () => {
  const examples = [{ image: 'https://example.org/a.png', truth: {}, predicted: {} }];
  await expect(renderReport({ ...report, examples })).rejects.toThrow(/examples\[0\]\.image/);
});

test('the same report gives the same page', async () => {
  expect(await renderReport(report)).toBe(html);
});

test('the terminal’s table has the accuracies of each task', () => {
  const rows = renderAccuracyTable(report)
    .split('\n')
    .filter((line) => line.includes('background-hue'));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/0\.990.*0\.985.*0\.560.*0\.990/);
});

test('the terminal’s table of leakage has mean and largest by each probe, with errors, and z last', () => {
  const lines = renderTable(leakageTable(report))
    .split('\n')
    .filter((line) => /[a-z]/.test(line));
  expect(lines[0]).toMatch(/linear, mean.*largest.*kernel, mean.*largest/);
  expect(lines[1]).toMatch(/t of shape.*0\.25 ± 0\.02.*0\.25 ± 0\.02 .*0\.\d\d ± 0\.02 \(/);
  expect(lines.at(-2)).toMatch(/every t.*0\.53 ± 0\.02.*0\.90 ± 0\.02 \(shape → size\)/);
  // Of 0.84, 0.89, 0.94 and 0.99.
  expect(lines.at(-1)).toMatch(/z .*0\.91.*0\.99 ± 0\.02 \(background-hue\)/);
});

test('says of which task leakage has no scale', () => {
  expect(explainScale(report)).toEqual([]);
  const kernel = {
    ...(report.leakage.kernel as ProbedLeakage),
    reference: { shape: { accuracy: 1, chance: 0.2 } },
  };
  expect(explainScale({ ...report, leakage: { ...report.leakage, kernel } })).toEqual([
    expect.stringMatching(/^A kernel probe tells object-hue, size, background-hue no better than chance/),
  ]);
});

test('information of a code without bounds of its own has its capacity', () => {
  const { codes, ...information } = report.information;
  const text = renderInformationTable({ ...report, information: { ...information, codes: {} } });
  expect(text.split('\n').find((line) => line.includes('│ shape'))).toMatch(/– +│ +1\.61 │/);
});
