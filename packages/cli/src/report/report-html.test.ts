import type { Report } from '@factornet/pipeline';
import { beforeAll, expect, test } from 'vitest';
import { renderAccuracyTable } from './accuracy-table';
import { renderCalibrationTable } from './calibration-table';
import { renderInformationTable } from './information-table';
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
  const value = report.leakage.mean.shape?.size as number;
  expect(html).toContain(`style="--share:${Math.round(value * 100)}%">${value.toFixed(2)}`);
  expect(html.match(/<td class="own">/g)).toHaveLength(8);
});

test('puts information in nats next to each heat map, and bounds on what codes tell about the picture', () => {
  const captions = [...html.matchAll(/<caption>([^<]*)/g)].map(([, caption]) => caption);
  expect(captions).toEqual([
    'Mean of t: 0.529 on average',
    'Mean of t: I(t; y) in nats',
    'A sample of t: 0.030 on average',
    'A sample of t: I(t; y) in nats',
  ]);
  expect(html).toContain('<small>of 1.49</small>');
  expect(html.match(/class="wanted/g)).toHaveLength(8);
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
  expect(renderInformationTable({ information })).not.toContain('I(x; z)');
});

test('the terminal’s second table has what each code tells about its task, the others and the picture', () => {
  const text = renderInformationTable(report);
  const row = text.split('\n').find((line) => line.includes('object-hue')) as string;
  const { labels, codes } = report.information;
  const sum = (source: Record<string, number> = {}) =>
    Object.entries(source).reduce((total, [to, nats]) => (to === 'object-hue' ? total : total + nats), 0);
  const { 'object-hue': mean } = labels.mean;
  const { 'object-hue': sample } = labels.sample;
  const expected = [1.49, mean?.['object-hue'], sample?.['object-hue'], sum(mean), sum(sample)];
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

test('the terminal’s table has accuracies and the mean leakage of each task', () => {
  const rows = renderAccuracyTable(report)
    .split('\n')
    .filter((line) => line.includes('background-hue'));
  expect(rows).toHaveLength(1);
  const others = Object.values(report.leakage.mean['background-hue'] ?? {});
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  expect(rows[0]).toMatch(new RegExp(`0\\.990.*0\\.985.*0\\.560.*${mean.toFixed(3)}`));
});
