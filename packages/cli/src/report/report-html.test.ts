import { beforeAll, expect, test } from 'vitest';
import { renderAccuracyTable } from './accuracy-table';
import type { Report } from './report';
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
