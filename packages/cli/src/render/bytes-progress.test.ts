import { expect, test } from 'vitest';
import { reportBytes } from './bytes-progress';

test('tells bytes and the time left, every other second', () => {
  const lines: string[] = [];
  let now = 0;
  const report = reportBytes(
    'loading',
    (line) => lines.push(line),
    () => now,
  );
  for (const [milliseconds, done] of [
    [500, 1_000_000],
    [2500, 2_500_000],
    [3000, 3_000_000],
    [5000, 5_000_000],
  ] as const) {
    now = milliseconds;
    report(done, 10_000_000);
  }
  expect(lines).toEqual(['loading: 2.5 MB of 10.0 MB · 8 s left', 'loading: 5.0 MB of 10.0 MB · 5 s left']);
});

test('says nothing of what is quick, or of nothing done', () => {
  const lines: string[] = [];
  let now = 0;
  const report = reportBytes(
    'loading',
    (line) => lines.push(line),
    () => now,
  );
  now = 1900;
  report(10, 10);
  now = 9000;
  report(0, 10);
  expect(lines).toEqual([]);
});
