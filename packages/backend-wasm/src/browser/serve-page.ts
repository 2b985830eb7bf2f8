import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface ServedPage {
  url: string;
  close(): void;
}

const wasmFolder = join(
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
  'dist',
);

/** Bundles a script for browsers. */
export async function bundlePage(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    mainFields: ['browser', 'module', 'main'],
    tsconfig: fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)),
    logLevel: 'error',
  });
  return outputFiles?.[0]?.text ?? '';
}

/**
 * Serves a page with this script, and the backend's .wasm files under /wasm/, on this machine only.
 *
 * @param isolated cross-origin isolated: the page may share memory, and the backend takes its threaded build
 */
export async function servePage(script: string, isolated: boolean): Promise<ServedPage> {
  const server = createServer(async (request, response) => {
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    const path = request.url ?? '/';
    if (path === '/') response.setHeader('Content-Type', 'text/html');
    if (path === '/')
      return response.end('<!doctype html><meta charset="utf-8"><script src="/page.js"></script>');
    response.setHeader('Content-Type', path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
    if (path === '/page.js') return response.end(script);
    if (path.startsWith('/wasm/')) return response.end(await readFile(join(wasmFolder, basename(path))));
    response.statusCode = 404;
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
