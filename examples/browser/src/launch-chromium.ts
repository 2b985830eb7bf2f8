import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../packages/backend-wasm/src/browser/find-chromium';

/** The Chromium on this machine. */
export const chromiumPath = findChromium();

export const noChromium =
  'No Chromium found: skipped. Install one (Debian: chromium), or name it in the variable CHROMIUM.';

/** Headless, with WebGPU by a software rasterizer (SwiftShader) that Chromium carries, so that no GPU is needed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath as string,
    // Chromium's sandbox does not work for root, and in many containers not at all; the pages are ours.
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  });
}
