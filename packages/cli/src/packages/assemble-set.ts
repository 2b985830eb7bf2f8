import { type Assembly, assemble } from '@factornet/assembler';
import { goldenProbes } from '@factornet/assembler/probes';
import type { PackageSet } from '@factornet/registry';
import type { Work } from '../context';
import type { CompositionFlags } from '../options/composition-flags';
import { reportBytes } from '../render/bytes-progress';

/** Loads and assembles packages, and says how far it is if that takes a while. */
export async function assembleSet(
  { commons, factors }: PackageSet,
  { multipleTrunks, verify }: Pick<CompositionFlags, 'multipleTrunks' | 'verify'>,
  { kinds, log }: Work,
): Promise<Assembly> {
  return assemble(commons, factors, {
    multipleTrunks,
    kinds,
    verify: verify ? goldenProbes : undefined,
    onProgress: reportBytes('loading', log),
  });
}
