import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@factornet/assembler/node';
import { packUntrained } from '@factornet/example-pipeline/pack-untrained';
import type { CommonPackage, FactorPackage } from '@factornet/spec';
import { type AssemblyCase, tasks } from './cases';

/** One common-knowledge package and ten factors of it, on disk. */
export interface PackedNetworks {
  readonly common: CommonPackage;
  readonly factors: readonly FactorPackage[];
  remove(): Promise<void>;
}

/** Packs untrained networks into a temporary folder. */
export async function packNetworks({ input, common, specific }: AssemblyCase): Promise<PackedNetworks> {
  const folder = await mkdtemp(join(tmpdir(), 'factornet-assembly-'));
  const packed = await packUntrained({ scope: '@benchmark', input, common, specific, tasks }, folder);
  const [trunk, ...factors] = await Promise.all(packed.map(({ directory }) => readPackage(directory)));
  return {
    common: trunk as CommonPackage,
    factors: factors as FactorPackage[],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
