import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@factornet/assembler/node';
import { disposeBrick } from '@factornet/core';
import { untrainedCommon, untrainedFactor } from '@factornet/example-pipeline/untrained-networks';
import { packCommon, packFactor } from '@factornet/packer';
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
  const at = (name: string) => ({
    name: `@benchmark/${name}`,
    version: '1.0.0',
    directory: join(folder, name),
  });
  const trunk = await untrainedCommon(common, input);
  try {
    const packed = await packCommon(trunk, at('common'));
    const factors: FactorPackage[] = [];
    for (const task of tasks) {
      const factor = untrainedFactor(trunk, task, specific);
      const { directory } = await packFactor(factor, { ...at(task.name), common: packed });
      disposeBrick(factor);
      factors.push((await readPackage(directory)) as FactorPackage);
    }
    return {
      common: (await readPackage(packed.directory)) as CommonPackage,
      factors,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  } finally {
    disposeBrick(trunk);
  }
}
