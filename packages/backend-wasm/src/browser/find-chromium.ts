import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium to test in: that of the environment variable CHROMIUM, or the first in the usual places. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM, ...usualPlaces].find((path) => path !== undefined && existsSync(path));
}
