import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { env, version_core } from '@tensorflow/tfjs';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted a core in the minute before: above 0, the figures are disturbed. */
  readonly loadAverage: number;
  readonly node: string;
  readonly platform: string;
  readonly simd: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly date: string;
}

/** What the figures were measured on. */
export async function descriptionOfMachine(): Promise<Machine> {
  const manifest = new URL(import.meta.resolve('@factornet/backend-wasm/package.json'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    loadAverage: loadavg()[0] ?? 0,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    simd: (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean,
    versions: {
      '@tensorflow/tfjs': version_core,
      '@tensorflow/tfjs-backend-wasm': version_wasm,
      '@factornet/backend-wasm': version,
    },
    date: new Date().toISOString(),
  };
}
