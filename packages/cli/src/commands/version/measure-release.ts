import { disposeBrick } from '@factornet/core';
import { measureVersion } from '@factornet/packer';
import { readCommonNetwork } from '@factornet/pipeline';
import { selectBackend } from '../../backend';
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
  const common = await readCommonNetwork(directory);
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
