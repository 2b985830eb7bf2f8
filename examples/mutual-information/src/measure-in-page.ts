import { serveFolder } from '@factornet/example-browser/serve-folder';
import type { Browser } from 'playwright-core';
import type { Measured, MeasuredInformation } from './measured';

declare global {
  /** Of `consumer/page/main.js`. */
  var measureInformation: (backend: string, options: { steps: number }) => Promise<MeasuredInformation>;
}

/** Opens the built page, reads what it shows, and asks it again for little training in plain JavaScript. */
export async function measureInPage(
  browser: Browser,
  folder: string,
): Promise<{ shown: Measured; inPlainJavaScript: MeasuredInformation; errors: string[] }> {
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
    const inPlainJavaScript = await page.evaluate(() => measureInformation('cpu', { steps: 60 }));
    return { shown, inPlainJavaScript, errors };
  } finally {
    await page.close();
    served.close();
  }
}
