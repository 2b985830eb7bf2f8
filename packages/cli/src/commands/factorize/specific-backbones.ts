import type { SpecificBackbones } from '@factornet/factorizer';
import { type CommonMap, InvalidOptionError, PICTURE } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { type Architecture, parseArchitecture } from '../../options/architecture';
import type { Readings } from '../../options/readings';
import type { TrainingFlags } from '../../options/training-flags';
import { createBackbone } from '../../training/create-backbone';

export interface SpecificFlags extends Pick<TrainingFlags, 'pooling'> {
  readonly specific?: Readings;
  readonly specificFilters?: readonly number[];
}

export interface Readable {
  /** What the common network offers. */
  readonly maps: readonly CommonMap[];
  /** The one that is read where nothing is said, if any; else the picture. */
  readonly usual: CommonMap | undefined;
  /** Length of what a backbone makes of the picture. */
  readonly features: number;
}

/** Length of what a backbone makes of a map. */
const FEATURES_OF_MAP = 16;

/**
 * What each task-specific network is made of: what was asked for, else a small convolutional backbone of the map that is
 * usually read, or one of the picture where there is none.
 *
 * @throws InvalidOptionError
 */
export async function specificBackbones(
  flags: SpecificFlags,
  { maps, usual, features }: Readable,
): Promise<SpecificBackbones> {
  const asked = flags.specific ?? { [usual?.name ?? PICTURE]: parseArchitecture('', 'convolutional') };
  const readings = Object.entries(asked);
  const { specificFilters } = flags;
  if (readings.length > 1 && specificFilters !== undefined) {
    const expected = 'left out where --specific names several, each with filters of its own';
    throw new InvalidOptionError({ option: '--specific-filters', expected, received: specificFilters });
  }
  const made: Record<string, Backbone> = {};
  for (const [from, architecture] of readings) {
    const map = maps.find(({ name }) => name === from);
    if (map === undefined && from !== PICTURE) {
      const expected = `for what there is to read: ${[PICTURE, ...maps.map(({ name }) => name)].join(', ')}`;
      throw new InvalidOptionError({ option: '--specific', expected, received: from });
    }
    made[from] = await reader(architecture, map);
  }
  return made;

  function reader(architecture: Architecture, map: CommonMap | undefined): Promise<Backbone> {
    return createBackbone({
      architecture,
      filters: {
        option: '--specific-filters',
        given: specificFilters,
        otherwise: map === undefined ? [8, 16, 32] : filtersFor(map),
      },
      pooling: flags.pooling,
      ...(map === undefined ? { features } : { features: FEATURES_OF_MAP, firstKernel: 3 }),
    });
  }
}

/** A third of the map's channels, in as many blocks as it takes to come to 4×4: of 8×8×48 one of 16. */
export function filtersFor({ shape: [height, width, channels] }: CommonMap): number[] {
  const blocks = Math.max(1, Math.ceil(Math.log2(Math.max(height, width) / 4)));
  return Array.from({ length: blocks }, () => Math.max(4, Math.round(channels / 3)));
}
