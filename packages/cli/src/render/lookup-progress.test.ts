import { expect, test } from 'vitest';
import { reportLookups } from './lookup-progress';

test('speaks up after two seconds, with the time left at the pace so far', () => {
  const lines: string[] = [];
  let time = 0;
  const report = reportLookups(
    (line) => lines.push(line),
    () => time,
  );
  for (const [at, done] of [
    [1000, 1],
    [3000, 2],
    [4000, 3],
    [5500, 4],
    [9000, 10],
  ] as const) {
    time = at;
    report(done, 10);
  }
  expect(lines).toEqual([
    'looking up packages: 2 of 10 · 12 s left',
    'looking up packages: 4 of 10 · 8 s left',
  ]);
});
