import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packUntrained } from '@factornet/example-pipeline/pack-untrained';
import { input, testData, together } from '@factornet/example-quickstart/settings';
import type { WeightDtype } from '@factornet/spec';

export interface PackageSize {
  readonly name: string;
  /** Bytes of the tarball, which is downloaded. */
  readonly bytes: number;
  /** Bytes of its files after installation. */
  readonly unpackedBytes: number;
}

/**
 * The quickstart's packages with weights in `dtype`, packed from untrained networks: file sizes follow from the
 * architecture alone. Tarballs are compressed, so a trained network's differ a little.
 */
export async function measurePackages(dtype: WeightDtype): Promise<PackageSize[]> {
  const folder = await mkdtemp(join(tmpdir(), 'factornet-size-'));
  try {
    const networks = { input, common: together.common(), specific: together.specific() };
    const { tasks } = testData();
    const packed = await packUntrained({ ...networks, scope: '@quickstart', tasks, dtype }, folder);
    return packed.map(({ name, bytes, unpackedBytes }) => ({ name, bytes, unpackedBytes }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
