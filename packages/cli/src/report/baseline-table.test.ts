import type { Report } from '@factornet/pipeline';
import { expect, it } from 'vitest';
import { baselineTable } from './baseline-table';
import { renderReport } from './report-html';
import { sampleReport } from './sample-report';

it('shows the factorization beside each baseline, with its mean, and nothing where there is none', async () => {
  const report = await sampleReport();
  expect(baselineTable(report)).toBeUndefined();
  const tasks = Object.keys(report.factors);
  const accuracy = Object.fromEntries(tasks.map((task, index) => [task, 0.9 + index / 50]));
  const baselines = {
    'shared-trunk': { accuracy, parameters: 57_248, epochs: 4, seconds: 31 },
  };
  const compared: Report = { ...report, baselines };
  const { columns, rows } = baselineTable(compared) as NonNullable<ReturnType<typeof baselineTable>>;
  expect(columns.map(({ heading }) => heading)).toEqual([
    'beside baselines',
    ...tasks,
    'mean',
    'parameters',
    'trained in',
  ]);
  expect(rows.map(([name]) => name)).toEqual(['factorization', 'shared trunk, a head per task']);
  expect(rows[1]?.slice(1)).toEqual(['0.900', '0.920', '0.940', '0.960', '0.930', '57,248', '31 s']);
  // 74.2 s is what the sample's factorization took.
  expect(rows[0]?.slice(-2)).toEqual(['57,258', '1 min 14 s']);
  expect(await renderReport(compared)).toContain('<th scope="row">shared trunk, a head per task</th>');
});
