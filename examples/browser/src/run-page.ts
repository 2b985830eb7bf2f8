import type { Browser } from 'playwright-core';
import { serveFolder } from './serve-folder';

type Logits = Readonly<Record<string, readonly number[]>>;

/** What a page says about pictures, and what it loaded for that. */
export interface PageRun {
  readonly backend: string;
  /** Per task, of the composition of four factors. */
  readonly all: Logits;
  /** Of the second composition, for which nothing should have to be loaded. */
  readonly hues: Logits;
  /** What the page shows to a reader. */
  readonly text: string;
  /** Paths the page asked for until the first composition answered, as the browser's network log has them. */
  readonly asked: readonly string[];
  /** Paths the server delivered until both had answered. */
  readonly delivered: readonly string[];
  /** Errors that nobody caught. */
  readonly errors: readonly string[];
}

declare global {
  /** Of `page/main.js`. */
  var compositionLogits: (
    pictures: readonly number[],
  ) => Promise<{ backend: string; all: Record<string, number[]>; hues: Record<string, number[]> }>;
}

/** Opens a built page, served with these headers, and asks it about pictures `[pictures × height × width × channels]`. */
export async function runPage(
  browser: Browser,
  folder: string,
  pictures: readonly number[],
  headers: Readonly<Record<string, string>> = {},
): Promise<PageRun> {
  const served = await serveFolder(folder, headers);
  const page = await browser.newPage();
  const asked: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(served.url)) asked.push(new URL(request.url()).pathname);
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.goto(served.url);
    await page.waitForSelector('pre');
    const text = (await page.textContent('pre')) ?? '';
    const first = [...asked];
    const answers = await page.evaluate((values) => compositionLogits(values), pictures);
    return { ...answers, text, asked: first, delivered: [...served.requests], errors };
  } finally {
    await page.close();
    served.close();
  }
}
