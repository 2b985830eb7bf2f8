import { disposeBrick } from '@factornet/core';
import { measureVersion } from '@factornet/packer';
import { readCommonNetwork } from '@factornet/pipeline';
import { withCommonPackage } from '@factornet/registry';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { PackFlags } from '../../options/pack-options';
import { placeOptions } from '../../packages/place-options';
import { measuredJson } from '../../packing/explain-measured';
import { renderFacts } from '../../render/table';

export interface MeasureReleaseFlags extends Pick<PackFlags, 'dtype' | 'tolerance' | 'registry'> {
  readonly published: string;
}

/** Tells which release of a published package a newly trained common network is. */
export async function measureRelease(
  directory: string,
  flags: MeasureReleaseFlags,
  work: Work,
): Promise<Outcome> {
  const { published, dtype, tolerance } = flags;
  await selectBackend(work);
  const common = await readCommonNetwork(directory, placeOptions(flags, work));
  try {
    const options = { ...placeOptions(flags, work), option: '--published', names: 'released' } as const;
    const measured = await withCommonPackage(published, options, ({ found }) =>
      measureVersion(common, found, { dtype, ...(tolerance !== undefined && { tolerance }) }),
    );
    const { previous, drift, accumulatedDrift } = measured;
    const shown = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : 'not comparable');
    return {
      json: { ...measuredJson(measured), dtype },
      text: renderFacts([
        ['published', `${previous.name}@${previous.version}`],
        ['measured', measured.measured],
        ['drift', shown(drift)],
        ...(accumulatedDrift > drift ? [['added up', shown(accumulatedDrift)] as const] : []),
        ['tolerance', String(measured.tolerance)],
        ['next version', measured.version],
      ]),
    };
  } finally {
    disposeBrick(common);
  }
}
