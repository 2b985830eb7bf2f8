import { serveFolder } from '@factornet/example-browser/serve-folder';
import type { Browser } from 'playwright-core';
import type { Measured } from './measured';

declare global {
  /** Of `consumer/page/main.js`. */
  var measure: (backend: string) => Promise<Measured>;
}

/** Opens the built page; the first result is what it shows, the others are measured when asked. */
export async function measureInPage(
  browser: Browser,
  folder: string,
  backends: readonly string[],
): Promise<{ shown: Measured; asked: Record<string, Measured>; errors: string[] }> {
  const served = await serveFolder(folder);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.goto(served.url);
    await page.waitForFunction('document.querySelector("pre").textContent.startsWith("{")', undefined, {
      timeout: 120_000,
    });
    const shown = JSON.parse((await page.textContent('pre')) ?? '') as Measured;
    const asked: Record<string, Measured> = {};
    for (const backend of backends) {
      asked[backend] = await page.evaluate((name) => globalThis.measure(name), backend);
    }
    return { shown, asked, errors };
  } finally {
    await page.close();
    served.close();
  }
}
