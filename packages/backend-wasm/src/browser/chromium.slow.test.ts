import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCases } from '../parity/all-cases';
import { findChromium } from './find-chromium';
import { bundlePage, servePage } from './serve-page';

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn(
    'No Chromium found: skipped. Install one (Debian: chromium), or name it in the variable CHROMIUM.',
  );
}

describe.skipIf(executablePath === undefined)('in headless Chromium', () => {
  let browser: Browser;
  let script: string;

  beforeAll(async () => {
    script = await bundlePage(new URL('parity-page.ts', import.meta.url));
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  it.each([
    ['a plain page, one thread', false],
    ['a cross-origin isolated page, threads and shared memory', true],
  ])('every case agrees with the CPU backend: %s', async (_, isolated) => {
    const served = await servePage(script, isolated);
    const page = await browser.newPage();
    try {
      await page.goto(served.url);
      const report = await page.evaluate(() => runParity());
      expect(report.failures).toEqual([]);
      expect(report.passed).toBe(Object.values(allCases).flat().length);
      expect(report.isThreaded).toBe(isolated);
      expect(await page.evaluate(() => drawPixel())).toEqual([51, 102, 255, 255]);
    } finally {
      await page.close();
      served.close();
    }
  });
});
