import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serveFolder } from './serve-folder';

export const probedBackends = ['cpu', 'wasm', 'webgpu'] as const;

export interface ProbeRow {
  readonly package: string;
  readonly backend: (typeof probedBackends)[number];
  /** `max |received − golden| / max(1, max |golden|)` */
  readonly deviation: number;
  /** What the package's manifest allows on this backend. */
  readonly tolerance: number;
}

declare global {
  /** Of `probes/main.js`. */
  var checkProbes: (
    address: string,
    backend: string,
  ) => Promise<{ name: string; deviation: number; tolerance: number }>;
}

/**
 * Runs the golden probes of package folders in a page, on each backend.
 *
 * @param site the folder of the built page `probes`; the packages are copied into it
 */
export async function checkProbesInPage(
  browser: Browser,
  site: string,
  folders: readonly string[],
): Promise<ProbeRow[]> {
  const served = await serveFolder(site);
  const page = await browser.newPage();
  const rows: ProbeRow[] = [];
  try {
    await page.goto(served.url);
    await page.waitForFunction(() => 'checkProbes' in globalThis);
    for (const folder of folders) {
      const path = join('packages', basename(dirname(folder)), basename(folder));
      await cp(folder, join(site, path), { recursive: true });
      for (const backend of probedBackends) {
        const { name, deviation, tolerance } = await page.evaluate(
          ([address, backend]) => checkProbes(address, backend),
          [`${served.url}${path}/`, backend] as const,
        );
        rows.push({ package: name, backend, deviation, tolerance });
      }
    }
    return rows;
  } finally {
    await page.close();
    served.close();
  }
}
