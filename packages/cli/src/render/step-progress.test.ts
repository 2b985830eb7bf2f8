import { expect, it } from 'vitest';
import { reportSteps } from './step-progress';

it('tells what is done, and how long the rest takes at that pace', () => {
  const lines: string[] = [];
  let time = 0;
  const report = reportSteps(
    3,
    (line) => lines.push(line),
    () => time,
  );
  time = 4000;
  report('Published a');
  time = 6000;
  report('Published b');
  report('Published c');
  expect(lines).toEqual([
    'Published a (1 of 3 · 8 s left)',
    'Published b (2 of 3 · 3 s left)',
    'Published c (3 of 3)',
  ]);
});
