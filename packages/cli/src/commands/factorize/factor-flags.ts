import { findFusion } from '@factornet/core/internal';
import {
  commonObjective,
  factorObjective,
  infoMaxBottleneck,
  type RateControlOptions,
  STAGES_LEARNING_RATE,
  type TrainingOptions,
} from '@factornet/factorizer';
import { InvalidOptionError } from '@factornet/spec';
import type { Work } from '../../context';
import { type PlugInSpec, plugIn } from '../../options/plug-in-list';
import type { TrainingFlags } from '../../options/training-flags';
import { createOptimizer } from '../../training/create-optimizer';
import { createCode } from './code-kinds';
import type { SpecificFlags } from './specific-backbones';

/** What both modes of `factornet factorize` are given. */
export interface FactorFlags extends TrainingFlags, SpecificFlags {
  readonly stages: 'separate' | 'together';
  readonly fusion?: string;
  readonly code?: PlugInSpec;
  readonly hidden?: readonly number[];
  readonly taskName?: string;
  readonly alpha?: number;
  readonly beta?: number;
  readonly floor?: number;
  readonly rate?: number;
  readonly warmUp?: number;
}

/** Flags that say how what a Gaussian code tells of the picture is held in check. */
const rateFlags = { beta: '--beta', floor: '--floor', rate: '--rate', warmUp: '--warm-up' } as const;

/** What was asked of a training of factors; what was not, the library's defaults stand for. @throws InvalidOptionError */
export function trainingOptions(flags: FactorFlags, work: Work) {
  const { stages, fusion, code, hidden, epochs, batchSize, workers, seed, alpha } = flags;
  const optimizer = chosenOptimizer(flags);
  const weights = { ...(alpha !== undefined && { alpha }), ...rateControlOf(flags) };
  return {
    workers,
    seed,
    objective: stages === 'together' ? infoMaxBottleneck(weights) : factorObjective(weights),
    ...(fusion !== undefined && { fusion: findFusion({ type: fusion }, '--fusion') }),
    ...(code !== undefined && { code: createCode(code) }),
    ...(hidden !== undefined && { hidden }),
    ...(optimizer && { optimizer }),
    ...(epochs !== undefined && { epochs }),
    ...(batchSize !== undefined && { batchSize }),
    ...(work.kinds && { kinds: work.kinds }),
  } satisfies TrainingOptions;
}

/** The objective of a common network that is trained by itself. */
export function commonObjectiveOf({ alpha }: Pick<FactorFlags, 'alpha'>) {
  return commonObjective({ ...(alpha !== undefined && { alpha }) });
}

/** Of what is given one part, the other is as it would be without. */
function chosenOptimizer({ stages, optimizer, learningRate }: FactorFlags) {
  if (optimizer === undefined && learningRate === undefined) return undefined;
  const separately = { optimizer: plugIn('adamW:weightDecay=0.01', ''), learningRate: STAGES_LEARNING_RATE };
  return createOptimizer({
    ...(stages === 'separate' && separately),
    ...(optimizer && { optimizer }),
    ...(learningRate !== undefined && { learningRate }),
  });
}

/** @throws InvalidOptionError for what no code of this run is pressed on by */
function rateControlOf(flags: FactorFlags): RateControlOptions {
  const given = Object.keys(rateFlags).filter((key) => flags[key as keyof typeof rateFlags] !== undefined);
  const [first] = given as (keyof typeof rateFlags)[];
  if (
    first !== undefined &&
    flags.stages === 'separate' &&
    !(flags.code && createCode(flags.code).gaussian)
  ) {
    const expected =
      'given with --code gaussian or --stages together: what other codes tell is not pressed on';
    throw new InvalidOptionError({ option: rateFlags[first], expected, received: flags[first] });
  }
  return Object.fromEntries(given.map((key) => [key, flags[key as keyof typeof rateFlags]]));
}
