import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileKernels, kernelSource } from '../../scripts/compile-kernels';

it('kernel-bytes.ts is what assembly/ compiles to (if not: pnpm --filter @factornet/backend-wasm build:kernels)', async () => {
  const committed = readFileSync(new URL('./kernel-bytes.ts', import.meta.url), 'utf8');
  expect(kernelSource(await compileKernels()) === committed).toBe(true);
});
