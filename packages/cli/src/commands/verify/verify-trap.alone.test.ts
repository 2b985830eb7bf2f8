import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { type GoodPackages, packGoodPackages } from '@factornet/verifier/testing';
import { backend, setBackend } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collector, runCaptured } from '../../testing/run-captured';
import { verifyPackages } from './verify-packages';

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
});
afterAll(async () => {
  await setBackend('cpu');
  await good.remove();
});

test('a backend that one package broke does not make the next look bad', async () => {
  const folders = ['ckn', 'shape'].map((name) => join(good.folder, name));
  await useBackend('wasm');
  const { wasm } = backend() as unknown as { wasm: { asm: { dynCall_jiji(...values: number[]): void } } };
  const lines: string[] = [];
  const [stdout, stderr] = [collector().stream, collector().stream];
  const work = {
    io: { stdout, stderr },
    options: { backend: 'wasm' },
    commandLine: 'factornet verify',
    log(line: string) {
      lines.push(line);
      // As a package does that traps while the first one is done: a call of no function.
      if (line.startsWith('Verified @scope/ckn'))
        expect(() => wasm.asm.dynCall_jiji(0, 0, 0, 0, 0)).toThrow();
    },
  };
  const { exitCode, json } = await verifyPackages(folders, { probes: true }, work as never);
  expect(exitCode).toBe(0);
  expect((json as { packages: { passed: boolean; backend: string }[] }).packages).toMatchObject([
    { passed: true, backend: 'wasm' },
    { passed: true, backend: 'cpu' },
  ]);
  expect(lines.join('\n')).toMatch(/The backend wasm failed: packages are verified on cpu from here on/);
  expect((await runCaptured(['verify', ...folders, '--backend', 'cpu'])).exitCode).toBe(0);
});
