import type { BaselineName } from '@factornet/pipeline';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { integer, positive } from '../../options/parsers';

/** All there are, named here so that `--help` loads nothing that trains. */
const baselineNames = Object.keys({ 'shared-trunk': true, students: true } satisfies Record<
  BaselineName,
  true
>);

/** How baselines are trained. */
export interface BaselineFlags {
  readonly baselines?: readonly BaselineName[];
  readonly trainData?: string;
  readonly baselinesDir?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
}

/** Adds what plain networks need that are trained beside the factorization. */
export function addBaselineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--baselines [list]',
        `also train plain networks of equal parameters, and measure them beside: ${baselineNames.join(', ')} (default: all)`,
      )
        .argParser(baselineList)
        .preset(baselineNames.join(',')),
    )
    .option('--train-data <spec>', 'what the networks were trained on, for --baselines')
    .option(
      '--baselines-dir <dir>',
      'where baselines are kept, so that none is trained twice (default: baselines/ in --bricks)',
    )
    .option('--epochs <count>', 'of a baseline, passes over --train-data', integer(1))
    .option('--batch-size <count>', 'of a baseline, examples per step', integer(2))
    .option('--learning-rate <rate>', 'of a baseline, the highest', positive());
}

/** What is missing for `--baselines`, if anything is. */
export function missingForBaselines(flags: BaselineFlags & { readonly bricks?: string }): string | undefined {
  if (flags.baselines === undefined) return undefined;
  if (flags.trainData === undefined) return '--baselines needs --train-data';
  if (flags.bricks === undefined && flags.baselinesDir === undefined) {
    return '--baselines of packages needs --baselines-dir';
  }
  return undefined;
}

/** `shared-trunk,students` @throws InvalidArgumentError, which commander turns into a usage error */
function baselineList(text: string): BaselineName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !baselineNames.some((known) => known === name));
  if (unknown === undefined) return names as BaselineName[];
  throw new InvalidArgumentError(`"${unknown}" is none of ${baselineNames.join(', ')}.`);
}
