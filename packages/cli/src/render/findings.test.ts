import { expect, it } from 'vitest';
import { explainFindings } from './findings';

it('says what is wrong and what to do, and nothing where nothing is', () => {
  const finding = { message: 'The loss diverged.', value: 2, limit: 1, hint: 'Lower the learning rate.' };
  expect(explainFindings([{ ...finding, code: 'diverging-loss' }])).toEqual([
    'Not as it should be:\n  diverging-loss: The loss diverged.\n    Lower the learning rate.',
  ]);
  expect(explainFindings([])).toEqual([]);
});
