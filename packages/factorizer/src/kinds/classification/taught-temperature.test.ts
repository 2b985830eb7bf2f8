import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { expect, it } from 'vitest';
import { taughtTemperature } from './taught-temperature';

const stream = randomStream(1, 'taught');
const rows = Array.from({ length: 300 }, () => [0, 1, 2].map(() => 3 * stream.normal()));
const taught = featureMatrix(rows);
const softer = featureMatrix(rows.map((row) => row.map((logit) => logit / 4)));

it('is what logits have to be divided by to be as sure as the teacher', () => {
  // But for the prior of the fit, which weighs as much as one of them.
  const temperature = taughtTemperature({ outputs: softer, teacherOutputs: taught, labels: undefined });
  expect(Math.abs(4 * temperature - 1)).toBeLessThan(0.08);
});

it('looks at examples with a label alone, where labels are known', () => {
  const outputs = featureMatrix(
    rows.map((row, index) => row.map((logit) => logit / (index % 2 === 0 ? 4 : -1))),
  );
  const labels = Int32Array.from(rows, (_, index) => (index % 2 === 0 ? 0 : -1));
  const temperature = taughtTemperature({ outputs, teacherOutputs: taught, labels });
  expect(Math.abs(4 * temperature - 1)).toBeLessThan(0.08);
  expect(taughtTemperature({ outputs, teacherOutputs: taught, labels: labels.fill(-1) })).toBe(1);
});
