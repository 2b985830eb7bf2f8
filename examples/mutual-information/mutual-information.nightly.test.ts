import { chromiumPath, launchChromium, noChromium } from '@factornet/example-browser/launch-chromium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureInPage } from './src/measure-in-page';
import type { Measured, MeasuredInformation } from './src/measured';
import { createMeasuringProject, type MeasuringProject } from './src/measuring-project';

if (chromiumPath === undefined) console.warn(noChromium);

describe('a project with mi, metrics and core alone', () => {
  let project: MeasuringProject;
  let inNode: Measured;

  beforeAll(async () => {
    project = await createMeasuringProject();
    inNode = await project.runInNode('wasm');
  });
  afterAll(() => project?.remove());

  it('has no other package of ours', async () => {
    expect((await project.installed()).sort()).toEqual(['core', 'metrics', 'mi', 'spec']);
  });

  it('measures near the truth in Node, without training kernels of ours', () => {
    expect(inNode.information.backend).toBe('wasm');
    expectNearTruth(inNode.information, 0.1);
    expect(inNode.metrics.mig).toBeGreaterThan(0.9);
    expect(Object.values(inNode.metrics).every((value) => !Number.isNaN(value))).toBe(true);
  });

  it.skipIf(chromiumPath === undefined)(
    'measures the same in headless Chromium, on WASM and in plain JavaScript',
    async () => {
      const browser = await launchChromium();
      try {
        const page = await measureInPage(browser, await project.buildPage());
        const { shown, inPlainJavaScript, errors } = page;
        expect(errors).toEqual([]);
        expect(shown.information.backend).toBe('wasm');
        // Releases of V8 round logarithms differently in the last digit, and training amplifies that a little.
        for (const [name, { value }] of Object.entries(inNode.information.estimates)) {
          expect(shown.information.estimates[name]?.value, name).toBeCloseTo(value, 2);
        }
        for (const [name, value] of Object.entries(inNode.metrics)) {
          expect(shown.metrics[name], name).toBeCloseTo(value, 9);
        }
        expect(inPlainJavaScript.backend).toBe('cpu');
        expectNearTruth(inPlainJavaScript, 0.3);
      } finally {
        await browser.close();
      }
    },
  );
});

/** What little training leaves out lies below the truth. */
function expectNearTruth({ truth, estimates }: MeasuredInformation, untrained: number): void {
  for (const [name, { value, standardError }] of Object.entries(estimates)) {
    expect(value, name).toBeGreaterThan(truth - untrained - 4 * standardError);
    expect(value, name).toBeLessThan(truth + 4 * standardError);
  }
}
