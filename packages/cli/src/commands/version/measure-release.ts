import { disposeBrick } from '@factornet/core';
import { isBrick } from '@factornet/core/node';
import { commonFolder } from '@factornet/factorizer/node';
import { measureVersion } from '@factornet/packer';
import { selectBackend } from '../../backend';
import { readCommon } from '../../bricks/read-common';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { PackFlags } from '../../options/pack-options';
import { measuredJson } from '../../packing/explain-measured';
import { withReleased } from '../../packing/read-released';
import { renderFacts } from '../../render/table';

export interface MeasureReleaseFlags extends Pick<PackFlags, 'dtype' | 'tolerance' | 'registry'> {
  readonly published: string;
}

/** Tells which release of a published package a newly trained common network is. */
export async function measureRelease(
  directory: string,
  { published, dtype, tolerance, registry }: MeasureReleaseFlags,
  work: Work,
): Promise<Outcome> {
  await selectBackend(work);
  const folder = (await isBrick(commonFolder(directory))) ? commonFolder(directory) : directory;
  const common = await readCommon(folder);
  try {
    const npm = { option: '--published', log: work.log, ...(registry !== undefined && { registry }) };
    const measured = await withReleased(published, npm, (released) =>
      measureVersion(common, released, { dtype, ...(tolerance !== undefined && { tolerance }) }),
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
