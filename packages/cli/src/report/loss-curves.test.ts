import type { EpochRecord } from '@factornet/factorizer';
import { expect, test } from 'vitest';
import { lossCurves } from './loss-curves';

const records = (network: string | undefined, terms: Record<string, number>): EpochRecord[] =>
  [1, 2, 3].map((epoch) => ({ epoch, ...(network !== undefined && { network }), loss: 1 / epoch, terms }));
const lines = (plots: string) => plots.match(/class="mark-line role-mark[^"]*"/g) ?? [];

test('networks of the same terms share charts, those of others have their own', async () => {
  const plots = await lossCurves([
    ...records('common', { distillation: 1 }),
    ...records('shape', { supervision: 2, transfer: 1 }),
    ...records('size', { supervision: 1, transfer: 1 }),
  ]);
  expect(plots.match(/<svg/g)).toHaveLength(2);
  expect(plots).toContain('<h3>common</h3>');
  expect(plots).toContain('<h3>shape, size</h3>');
  for (const term of ['loss', 'distillation', 'supervision', 'transfer'])
    expect(plots).toContain(`>${term}</text>`);
  // Two charts of one line, three of two.
  expect(lines(plots)).toHaveLength(2 + 3 * 2);
});

test('of networks that were trained together there is one set of charts, without a name', async () => {
  const plots = await lossCurves(records(undefined, { supervision: 1 }));
  expect(plots.match(/<svg/g)).toHaveLength(1);
  expect(plots).not.toContain('<h3>');
  expect(await lossCurves([])).toBe('');
});
