import { chromiumPath, launchChromium, noChromium } from '@factornet/example-browser/launch-chromium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureInPage } from './src/measure-in-page';
import type { Measured } from './src/measured';
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
    expect(inNode.backend).toBe('wasm');
    for (const [name, { value, standardError }] of Object.entries(inNode.estimates)) {
      expect(Math.abs(value - inNode.truth), name).toBeLessThan(0.1 + 4 * standardError);
    }
    expect(inNode.metrics.mig).toBeGreaterThan(0.9);
    expect(Object.values(inNode.metrics).every((value) => !Number.isNaN(value))).toBe(true);
  });

  it.skipIf(chromiumPath === undefined)(
    'measures the same in headless Chromium, on WASM and in plain JavaScript',
    async () => {
      const browser = await launchChromium();
      try {
        const { shown, asked, errors } = await measureInPage(browser, await project.buildPage(), ['cpu']);
        expect(errors).toEqual([]);
        expect(shown).toEqual(inNode);
        // Another backend rounds differently, and training amplifies that; arrays are the same.
        const plain = asked.cpu as Measured;
        expect(plain.backend).toBe('cpu');
        expect(plain.metrics).toEqual(inNode.metrics);
        for (const [name, { value, standardError }] of Object.entries(plain.estimates)) {
          expect(Math.abs(value - plain.truth), name).toBeLessThan(0.1 + 4 * standardError);
        }
      } finally {
        await browser.close();
      }
    },
  );
});
