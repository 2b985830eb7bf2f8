import { expect, it } from 'vitest';
import { disentanglementMetrics } from './disentanglement-metrics';
import { measureRepresentation } from './measure-representation';
import { drawRepresentation } from './sampling/draw-representation';
import { goldenRepresentation } from './testing/golden-representations';

it('measures 10,000 × 10 codes of 5 factors by all metrics but DCI in 20 seconds of one core', async () => {
  // Permuted and scaled factors, and five codes of noise.
  const { train } = await drawRepresentation(goldenRepresentation('permuted'), {
    train: 10_000,
    test: 0,
    seed: 0,
  });
  const metrics = disentanglementMetrics().filter(({ name }) => name !== 'dci');
  // Time of this process, whatever else the machine does.
  const before = process.cpuUsage();
  const results = await measureRepresentation(train, { metrics });
  const { user, system } = process.cpuUsage(before);
  expect(results).toHaveLength(metrics.length);
  expect((user + system) / 1e6).toBeLessThan(20);
});
