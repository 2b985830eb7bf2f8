import { CancelledError, InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { mig } from './disentanglement/mig';
import { modularity } from './disentanglement/modularity';
import { sap } from './disentanglement/sap';
import { disentanglementMetrics } from './disentanglement-metrics';
import { measureRepresentation } from './measure-representation';
import { deterministicFixture } from './testing/deterministic-fixture';

describe('measureRepresentation', () => {
  it('gives what each metric gives by itself, in order', async () => {
    const metrics = [sap({ variant: 'discrete' }), mig()];
    const results = await measureRepresentation(deterministicFixture(), { metrics, seed: 4 });
    expect(results).toEqual([
      await metrics[0]?.measure(deterministicFixture(), { seed: 4 }),
      await metrics[1]?.measure(deterministicFixture(), { seed: 4 }),
    ]);
  });

  it('names every metric once', () => {
    const names = disentanglementMetrics().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('mig');
  });

  it('says what cannot be measured and goes on, if it is told to', async () => {
    const { codes, factors } = deterministicFixture();
    const oneFactor = { codes, factors: { ...factors, columns: 1, data: factors.data.slice(0, codes.rows) } };
    const metrics = [modularity(), mig()];
    await expect(measureRepresentation(oneFactor, { metrics })).rejects.toThrow(InvalidOptionError);
    const [unfit, fit] = await measureRepresentation(oneFactor, { metrics, skipUnfit: true });
    const notes = [expect.stringMatching(/^Not measured: .*factors.*two at least/)];
    expect(unfit).toEqual({ metric: 'modularity', value: Number.NaN, details: { notes } });
    expect(fit).toEqual(await mig().measure(oneFactor));
  });

  it('stops between metrics and within them', async () => {
    const controller = new AbortController();
    const run = measureRepresentation(deterministicFixture(), {
      metrics: [sap({ variant: 'discrete' }), mig()],
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expect(run).rejects.toThrow(CancelledError);
    const none = measureRepresentation(deterministicFixture(), {
      metrics: [mig()],
      signal: AbortSignal.abort(),
    });
    await expect(none).rejects.toThrow(CancelledError);
  });
});
